import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import { foldMetrics } from '../metric/fold-metrics';
import type { Metric } from '../metric/metric';

const everyMs = 15_000;

interface MetricNames {
  /** Those with samples in the window; undefined until it is known. */
  present: Metric[] | undefined;
  /** All that the backend has. */
  kept: Metric[] | undefined;
  error: Error | null;
  /** A metric by its name, also one that nobody sends; null without a name. */
  describe: (name: string | undefined) => Metric | null;
}

/** The metrics that there are, one entry each. */
export function useMetricNames(): MetricNames {
  const time = useTimeRange();
  const present = useQuery({
    queryKey: ['metric-names', time.key],
    queryFn: async ({ signal }) => foldMetrics(await client.metrics.names({ window: time.resolve() }, { signal })),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
  const kept = useQuery({
    queryKey: ['metric-names-kept'],
    // The window's come first: they are what is looked at.
    enabled: present.data !== undefined,
    queryFn: async ({ signal }) => foldMetrics(await client.metrics.names({}, { signal })),
    staleTime: 60_000,
    retry: false,
  });
  return {
    present: present.data,
    kept: kept.data,
    error: present.error,
    describe: (name) => {
      if (name === undefined) return null;
      const known = [...(present.data ?? []), ...(kept.data ?? [])].find((metric) => metric.name === name);
      return known ?? { name, type: 'unknown', unit: '', help: '' };
    },
  };
}
