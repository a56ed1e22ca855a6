import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { TimeWindow } from '../../shared/contract/telemetry';
import { defaultSince, resolveTimeRange, type TimeRange, type TimeSearch, toTimeRange } from './time-window';

interface TimeRangeControl {
  range: TimeRange;
  /** Stable text of the range for query keys: a relative range keeps its key while time goes by. */
  key: string;
  /** The window at this moment; call it inside a query function. */
  resolve: () => TimeWindow;
  setRange: (range: TimeRange) => void;
}

/** The time window in the URL, shared by Traces, Logs and Metrics. */
export function useTimeRange(): TimeRangeControl {
  const search = useSearch({ strict: false }) as TimeSearch;
  const navigate = useNavigate();
  const { since, from, to } = search;
  const range = useMemo(() => toTimeRange({ since, from, to }), [since, from, to]);
  const setRange = useCallback(
    (next: TimeRange) => {
      const time: TimeSearch = 'from' in next ? next : next.since === defaultSince ? {} : next;
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          since: undefined,
          from: undefined,
          to: undefined,
          ...time,
        }),
      });
    },
    [navigate],
  );
  const resolve = useCallback(() => resolveTimeRange(range, Date.now()), [range]);
  return { range, key: 'from' in range ? `${range.from}-${range.to}` : range.since, resolve, setRange };
}
