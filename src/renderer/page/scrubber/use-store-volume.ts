import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { useArrivalInterval } from '../../client/arrival/use-arrival-interval';
import { client } from '../../client/contract-client';
import { afterFirst } from '../../client/loading/first-answer';

export interface StoreVolume {
  /** Unix milliseconds; of `counts[i]` the beginning is `from + i * stepMs`. */
  from: number;
  stepMs: number;
  counts: readonly number[];
  failed: readonly number[];
  /** When all of it was asked for, Unix milliseconds. */
  wholeAt: number;
}

const everyMs = 15_000;
const wholeEveryMs = 10 * 60_000;
/** Spans arrive when they end: so long after, a column may still grow. */
const lateMs = 60_000;
/** Asked from a multiple of so many columns on, so that time that passes asks nothing anew. */
const coarse = 20;

/** How much there is in each column of the extent. What is known already is asked for but once in a while: the newest columns go on. */
export function useStoreVolume(signal: 'spans' | 'lines', extent: TimeWindow, step: number, enabled: boolean) {
  const queries = useQueryClient();
  const refetchInterval = useArrivalInterval(everyMs, everyMs);
  const stepMs = 1000 * step;
  const begin = Math.floor(extent.from / stepMs / coarse) * coarse * stepMs;
  const queryKey = ['store-volume', signal, step, begin];
  return useQuery<StoreVolume>({
    queryKey,
    enabled,
    queryFn: async (context) => {
      await afterFirst(context.signal);
      const now = Date.now();
      const to = Math.max(now, extent.to);
      const before = queries.getQueryData<StoreVolume>(queryKey);
      const goesOn = before !== undefined && now - before.wholeAt < wholeEveryMs;
      const late = goesOn ? before.counts.length - 1 - Math.ceil(lateMs / stepMs) : 0;
      const from = begin + Math.max(0, late) * stepMs;
      const newest = await client.volume.overTime({ signal, window: { from, to }, step }, { signal: context.signal });
      const kept = Math.round((newest.from - begin) / stepMs);
      return {
        ...{ from: begin, stepMs, wholeAt: goesOn ? before.wholeAt : now },
        counts: [...(before?.counts.slice(0, kept) ?? []), ...newest.counts],
        failed: [...(before?.failed.slice(0, kept) ?? []), ...newest.failed],
      };
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    staleTime: everyMs,
    retry: false,
  });
}
