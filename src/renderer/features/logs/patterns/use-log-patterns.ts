import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LogPatterns } from '../../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';

/** Points of a spark line. */
const steps = 40;
const everyMs = 5000;

export interface FoundPatterns extends LogPatterns {
  window: TimeWindow;
}

interface PatternsOptions {
  query: string;
  /** Changes when the window of the URL does. */
  windowKey: string;
  live: boolean;
  resolveWindow: () => TimeWindow;
  /** What is compared, and its window at that time. */
  against: string;
  resolveAgainst: (window: TimeWindow) => TimeWindow | null;
}

/** Whole seconds of one point over a window. */
export function patternStep({ from, to }: TimeWindow): number {
  return Math.max(1, Math.ceil((to - from) / 1000 / steps));
}

/** What the lines of the query have in common, again and again while it is live. */
export function useLogPatterns({ query, windowKey, live, resolveWindow, against, resolveAgainst }: PatternsOptions) {
  return useQuery<FoundPatterns>({
    queryKey: ['log-patterns', query, windowKey, against],
    queryFn: async ({ signal }) => {
      const window = resolveWindow();
      const other = against === '' ? null : resolveAgainst(window);
      const input = { query, window, step: patternStep(window), ...(other && { against: other }) };
      return { ...(await client.logs.patterns(input, { signal })), window };
    },
    refetchInterval: live ? everyMs : false,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
