import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Exemplar as ExemplarSchema, TimeWindow } from '../../../../shared/contract/telemetry';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { afterFirst } from '../../../client/loading/first-answer';
import { useTimeRange } from '../../../page/use-time-range';
import type { Column } from '../../../ui/charts/align-series';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';
import { queriesOverTime } from './service-queries';
import type { Measured } from './spans-of-service';

type Exemplar = z.infer<typeof ExemplarSchema>;

const everyMs = 10_000;

export interface ServiceHistory {
  window: TimeWindow;
  /** Unix seconds. */
  times: number[];
  /** A second. */
  rate: Column;
  failed: Column;
  /** Seconds. */
  p50: Column;
  p95: Column;
  p99: Column;
}

/** Rate, errors and latency of a service over the time window. */
export function useServiceHistory(service: string, measured: Measured, enabled: boolean) {
  const time = useTimeRange();
  const interval = useArrivalInterval(everyMs, everyMs);
  const refetchInterval = 'since' in time.range ? interval : (false as const);
  const history = useQuery<ServiceHistory>({
    queryKey: ['service.history', service, measured, time.key],
    enabled,
    queryFn: async ({ signal }) => {
      const asked = time.resolve();
      const step = chooseStep(asked);
      const window = alignWindow(asked, step);
      const queries = queriesOverTime(service, measured);
      const [rates, quantiles] = await Promise.all(
        [queries.rate, queries.latency].map((query) =>
          client.traces.aggregateRange({ query, window, step }, { signal }),
        ),
      );
      const count = Math.round((window.to - window.from) / 1000 / step);
      const times = Array.from({ length: count }, (_, index) => window.from / 1000 + (index + 1) * step);
      const place = (at: number) => Math.round((at - window.from) / 1000 / step) - 1;
      const rate: Column = new Array(count).fill(0);
      const failed: Column = new Array(count).fill(0);
      for (const { labels, points } of rates!.series) {
        const isFailed = labels.some(({ key, value }) => key === 'status' && value === 'error');
        for (const [at, value] of points) {
          const index = place(at);
          if (index < 0 || index >= count) continue;
          rate[index] = (rate[index] ?? 0) + value;
          if (isFailed) failed[index] = (failed[index] ?? 0) + value;
        }
      }
      const quantile = (share: number): Column => {
        const column: Column = new Array(count).fill(null);
        const found = quantiles!.series.find(({ labels }) =>
          labels.some(({ key, value }) => key === 'p' && Number(value) === share),
        );
        // Where nothing came the API tells 0, which nothing took.
        for (const [at, value] of found?.points ?? []) if (rate[place(at)]) column[place(at)] = value;
        return column;
      };
      return { window, times, rate, failed, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: false,
  });
  const exemplars = useQuery<Exemplar[]>({
    queryKey: ['service.exemplars', service, time.key],
    enabled,
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const { exemplars: query } = queriesOverTime(service, measured);
      return client.metrics.exemplars({ query, window: time.resolve() }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: false,
  });
  return { history, exemplars };
}
