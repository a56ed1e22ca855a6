import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import { foldMetrics } from '../metric/fold-metrics';
import type { Metric } from '../metric/metric';

const everyMs = 15_000;

interface MetricNames {
  /** Those with samples in the window; undefined until it is known. */
  present: Metric[] | undefined;
  /** Of the window that those are of. */
  windowKey: string;
  /** All that the backend has. */
  kept: Metric[] | undefined;
  error: Error | null;
  /** A metric by its name, also one that nobody sends; null without a name. */
  describe: (name: string | undefined) => Metric | null;
  /** Whether what `describe` says of a name is all that will be known of it. */
  isKnown: (name: string | undefined) => boolean;
}

/** The metrics that there are, one entry each. */
export function useMetricNames(): MetricNames {
  const time = useTimeRange();
  const present = useQuery({
    queryKey: ['metric-names', time.key],
    queryFn: async ({ signal }) => ({
      windowKey: time.key,
      metrics: foldMetrics(await client.metrics.names({ window: time.resolve() }, { signal })),
    }),
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
  const inWindow = present.data?.metrics;
  return {
    present: inWindow,
    windowKey: present.data?.windowKey ?? '',
    kept: kept.data,
    error: present.error,
    describe: (name) => {
      if (name === undefined) return null;
      const known = [...(inWindow ?? []), ...(kept.data ?? [])].find((metric) => metric.name === name);
      return known ?? { name, type: 'unknown', unit: '', help: '' };
    },
    isKnown: (name) => present.isError || kept.isFetched || (inWindow?.some((metric) => metric.name === name) ?? false),
  };
}
