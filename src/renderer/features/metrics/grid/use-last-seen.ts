import { useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import type { Metric } from '../metric/metric';
import { metricSelector } from '../metric/metric-selector';
import { labelSource } from '../metric/metric-views';
import { tileLane } from '../query/tile-lane';

/** Unix milliseconds of a metric's newest sample in the week before the end of the window; null where it has none. */
export function useLastSeen(metric: Metric): number | null | undefined {
  const time = useTimeRange();
  const query = `max(max_over_time(timestamp(${metricSelector(labelSource(metric))})[7d:5m]))`;
  const { data } = useQuery({
    queryKey: ['metric-last-seen', query, time.key],
    retry: false,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      tileLane.run(signal, async () => {
        const { series } = await client.metrics.query({ query, at: time.resolve().to }, { signal });
        const seconds = Number(series[0]?.values.at(-1)?.[1]);
        return Number.isFinite(seconds) ? seconds * 1000 : null;
      }),
  });
  return data;
}
