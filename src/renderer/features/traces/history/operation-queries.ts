import type { Span } from '../../../../shared/contract/telemetry';

/** PromQL of one operation, by the metrics that are derived from spans. */
export function operationQueries({ service, name, kind }: Pick<Span, 'service' | 'name' | 'kind'>) {
  const labels = [
    ['service', service],
    ['span_name', name],
    ['span_kind', `SPAN_KIND_${kind.toUpperCase()}`],
  ].map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const of = `{${labels.join(',')}}`;
  const failed = `{${[...labels, 'status_code="STATUS_CODE_ERROR"'].join(',')}}`;
  return [
    { title: 'Rate', unit: '/s', query: `sum(rate(traces_spanmetrics_calls_total${of}[5m]))` },
    {
      title: 'Errors',
      unit: '/s',
      // Where it never failed there is no series of failures: a line at 0, as long as it was called.
      query: `sum(rate(traces_spanmetrics_calls_total${failed}[5m])) or 0 * sum(rate(traces_spanmetrics_calls_total${of}[5m]))`,
    },
    {
      title: 'p95',
      unit: 'seconds',
      query: `histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket${of}[5m])))`,
    },
  ] as const;
}
