import type { Series } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';

export interface ServiceTraffic {
  service: string;
  /** Spans a second. */
  rate: number;
  /** 0 to 1. */
  errorShare: number;
  /** Seconds; NaN while unknown. */
  p95: number;
}

const calls = 'sum by (service) (rate(traces_spanmetrics_calls_total[5m]))';
const errors = 'sum by (service) (rate(traces_spanmetrics_calls_total{status_code="STATUS_CODE_ERROR"}[5m]))';
const latency = 'histogram_quantile(0.95, sum by (service, le) (rate(traces_spanmetrics_latency_bucket[5m])))';

/** One row a service, the busiest first. */
export async function fetchTraffic(signal: AbortSignal): Promise<ServiceTraffic[]> {
  const at = Date.now();
  const [rates, failures, p95s] = await Promise.all(
    [calls, errors, latency].map((query) => client.metrics.query({ query, at }, { signal }).then(byService)),
  );
  return [...rates!]
    .map(([service, rate]) => ({
      service,
      rate,
      errorShare: rate > 0 ? (failures!.get(service) ?? 0) / rate : 0,
      p95: p95s!.get(service) ?? Number.NaN,
    }))
    .sort((a, b) => b.rate - a.rate);
}

function byService({ series }: { series: Series[] }): Map<string, number> {
  return new Map(series.map(({ labels, values }) => [labels.service ?? '', Number(values.at(-1)?.[1] ?? Number.NaN)]));
}
