import { useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';

/** What a PromQL `count(…)` says at the end of the window; undefined until it is known, and where nothing is asked. */
export function useSeriesCount(query: string | undefined): number | undefined {
  const time = useTimeRange();
  const { data } = useQuery({
    queryKey: ['metric-count', query, time.key],
    enabled: query !== undefined,
    retry: false,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { series } = await client.metrics.query({ query: query!, at: time.resolve().to }, { signal });
      return Number(series[0]?.values.at(-1)?.[1] ?? 0);
    },
  });
  return data;
}
