import { useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import { tileLane } from './tile-lane';

/** What a PromQL `count(…)` says at the end of the window; undefined until it is known, and where nothing is asked. */
export function useSeriesCount(query: string | undefined): number | undefined {
  const time = useTimeRange();
  const { data } = useQuery({
    queryKey: ['metric-count', query, time.key],
    enabled: query !== undefined,
    retry: false,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      tileLane.run(signal, async () => {
        const { series } = await client.metrics.query({ query: query!, at: time.resolve().to }, { signal });
        return Number(series[0]?.values.at(-1)?.[1] ?? 0);
      }),
  });
  return data;
}
