import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { LOG_LEVELS } from '../../../shared/log-level';
import { client } from '../../client/contract-client';
import { afterFirst } from '../../client/loading/first-answer';
import { stackLevels, type VolumeBar } from './stack-levels';

const barCount = 120;
const everyMs = 5000;

export interface LogVolume {
  window: TimeWindow;
  /** Seconds of one bar. */
  step: number;
  bars: VolumeBar[];
  /** Lines of the highest bar, at least 1. */
  top: number;
  /** Lines of all bars. */
  total: number;
}

/** How many lines of the query there are over the window, by level. */
export function useLogVolume(query: string, windowKey: string, resolveWindow: () => TimeWindow) {
  return useQuery<LogVolume>({
    queryKey: ['log-volume', query, windowKey],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const window = resolveWindow();
      const step = Math.max(1, Math.ceil((window.to - window.from) / 1000 / barCount));
      const series = await client.logs.volume({ query, window, step }, { signal });
      const { bars, top } = stackLevels(series, window, step, LOG_LEVELS);
      const total = bars.reduce((sum, { parts }) => sum + parts.reduce((lines, { count }) => lines + count, 0), 0);
      return { window, step, bars, top, total };
    },
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
