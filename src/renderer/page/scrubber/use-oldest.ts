import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/contract-client';
import { afterFirst } from '../../client/loading/first-answer';

/** Of the longest time for which something may be kept. */
const parts = 500;
const staleMs = 10 * 60_000;

/** When the oldest of what is kept happened, Unix milliseconds, to one in 500 of `longestMs`; null where nothing is, or it is not known yet. */
export function useOldest(signal: 'spans' | 'lines', longestMs: number | null, enabled: boolean): number | null {
  const found = useQuery({
    queryKey: ['store-oldest', signal, longestMs],
    enabled: enabled && longestMs !== null,
    queryFn: async (context) => {
      await afterFirst(context.signal);
      const to = Date.now();
      const step = Math.max(1, Math.ceil(longestMs! / 1000 / parts));
      const asked = { signal, window: { from: to - longestMs!, to }, step };
      const { from, counts } = await client.volume.overTime(asked, { signal: context.signal });
      const first = counts.findIndex((count) => count > 0);
      return first === -1 ? null : from + first * 1000 * step;
    },
    staleTime: staleMs,
    retry: false,
  });
  return found.data ?? null;
}
