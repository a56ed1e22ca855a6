import type { Context, Hono } from 'hono';
import type { Problem } from '../../../shared/problem';
import type { StoreReader } from '../../store/reader';
import { encodeStatic } from '../search/encode-search';
import { compileQuery } from '../search/read-search-request';
import type { MetricsStage, Query } from '../traceql/ast';
import { queryMetrics } from './query-metrics';
import { type MetricsRange, readMetricsRange } from './read-metrics-request';
import type { MetricSeries } from './series-table';

/** `/api/metrics/query_range` and `/api/metrics/query`. `now` gives Unix milliseconds. */
export function serveMetrics(app: Hono, reader: StoreReader, now: () => number): void {
  app.get('/api/metrics/query_range', async (context) => {
    const request = readRequest(context, now(), false);
    if ('kind' in request) return context.text(request.message, 400);
    const series = await queryMetrics(reader, request.query, request.range, context.req.raw.signal);
    return context.json({ series: sorted(series).flatMap((each) => encodeRange(each, request.range)), metrics: {} });
  });
  app.get('/api/metrics/query', async (context) => {
    const request = readRequest(context, now(), true);
    if ('kind' in request) return context.text(request.message, 400);
    const series = await queryMetrics(reader, request.query, request.range, context.req.raw.signal);
    const values = sorted(series).filter(({ values }) => !Number.isNaN(values[0]));
    return context.json({
      series: values.map((each) => ({ labels: encodeLabels(each), ...nonZero(each.values[0]!) })),
      metrics: {},
    });
  });
}

function readRequest(
  context: Context,
  nowMs: number,
  instant: boolean,
): { query: Query & { metrics: MetricsStage }; range: MetricsRange } | Problem {
  const parameters = context.req.query();
  const query = compileQuery(parameters.q ?? parameters.query ?? '');
  if ('kind' in query) return query;
  if (!query.metrics) return { kind: 'bad-request', message: 'not a metrics query' };
  const range = readMetricsRange(parameters, nowMs, instant);
  return 'kind' in range ? range : { query: { ...query, metrics: query.metrics }, range };
}

function encodeRange(series: MetricSeries, { start, step }: MetricsRange): object[] {
  const samples = Array.from(series.values).flatMap((value, i) =>
    Number.isNaN(value)
      ? []
      : [{ timestampMs: ((start + BigInt(i + 1) * step) / 1_000_000n).toString(), ...nonZero(value) }],
  );
  return samples.length === 0 ? [] : [{ labels: encodeLabels(series), samples, exemplars: [] }];
}

/** proto3 JSON leaves a zero out and writes infinities as text. */
function nonZero(value: number): object {
  return value === 0 ? {} : { value: Number.isFinite(value) ? value : String(value) };
}

function encodeLabels({ labels }: MetricSeries): object[] {
  return labels.map(({ key, value }) => ({ key, value: encodeStatic(value) }));
}

function sorted(series: readonly MetricSeries[]): MetricSeries[] {
  const key = ({ labels }: MetricSeries) =>
    JSON.stringify([labels.length, labels.map((label) => [label.key, encodeStatic(label.value)])]);
  return [...series].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
