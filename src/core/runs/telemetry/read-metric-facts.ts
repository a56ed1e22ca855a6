import type { Series, TimeWindow } from '../../../shared/contract/telemetry';
import { runIdLabel } from '../../../shared/runs/run-attributes';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { PrometheusClient } from '../../telemetry/prometheus-client';
import { BackendFailure } from '../../telemetry/request/backend-failure';

type MetricFact = RunTelemetry['metrics'][number];

export interface MetricFacts {
  readonly facts: readonly MetricFact[];
  readonly leftOut: readonly string[];
}

const MOST_FACTS = 2000;

/**
 * What the metrics of a run came to. The run's id is a resource attribute of processes that began with the run, so that the last
 * value of a counter is its increase.
 */
export async function readMetricFacts(
  prometheus: PrometheusClient,
  runId: string,
  window: TimeWindow,
  signal?: AbortSignal,
): Promise<MetricFacts> {
  const seconds = Math.max(1, Math.ceil((window.to - window.from) / 1000));
  const selected = `{${runIdLabel}="${runId}", __name__!~"target_info|.+_bucket"}`;
  const query = `sum by (__name__, service_name) (last_over_time(${selected}[${seconds}s]))`;
  try {
    const { series } = await prometheus.query(query, window.to, signal);
    const facts = factsOf(series);
    if (facts.length <= MOST_FACTS) return { facts, leftOut: [] };
    return {
      facts: facts.slice(0, MOST_FACTS),
      leftOut: [`${facts.length - MOST_FACTS} metrics beyond ${MOST_FACTS} are not listed.`],
    };
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    return { facts: [], leftOut: [`Metrics could not be asked for: ${error.message}`] };
  }
}

function factsOf(series: readonly Series[]): MetricFact[] {
  const key = (labels: Series['labels'], name: string) => `${labels.service_name ?? ''}\0${name}`;
  const known = new Set(series.map(({ labels }) => key(labels, labels.__name__ ?? '')));
  return series.flatMap(({ labels, values, histograms }): MetricFact[] => {
    const { __name__: full = '', service_name: service = '' } = labels;
    const count = histograms?.at(-1)?.[1].count;
    if (count !== undefined) return [{ service, name: full, type: 'histogram', value: Number(count) }];
    const value = Number(values.at(-1)?.[1] ?? Number.NaN);
    if (!Number.isFinite(value)) return [];
    const base = full.replace(/_(?:count|sum)$/, '');
    const isHistogram =
      base !== full && known.has(key(labels, `${base}_count`)) && known.has(key(labels, `${base}_sum`));
    if (isHistogram) return full.endsWith('_sum') ? [] : [{ service, name: base, type: 'histogram', value }];
    return [{ service, name: full, type: full.endsWith('_total') ? 'counter' : 'gauge', value }];
  });
}
