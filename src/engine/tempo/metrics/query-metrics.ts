import type { StoreReader } from '../../store/reader';
import { candidateCondition } from '../search/candidate-condition';
import { findTraces } from '../search/find-traces';
import type { SeqWindow } from '../search/span-condition';
import type { MetricsStage, Query } from '../traceql/ast';
import { fieldValues } from '../traceql/evaluate-field';
import { numberOf } from '../traceql/static-value';
import { isSqlField, observeBySql } from './observe-by-sql';
import type { MetricsRange } from './read-metrics-request';
import { type MetricSeries, SeriesTable } from './series-table';

/** The series of a metrics query over a range; spans count at their start time. */
export async function queryMetrics(
  reader: StoreReader,
  query: Query & { metrics: MetricsStage },
  range: MetricsRange,
  signal: AbortSignal,
): Promise<MetricSeries[]> {
  const { metrics } = query;
  const table = new SeriesTable(metrics, range);
  const condition = await candidateCondition(reader, query, { signal });
  const inSql =
    condition.exact &&
    query.stages.length === 1 &&
    query.stages[0]?.type === 'filter' &&
    [...metrics.by, ...(metrics.field ? [metrics.field] : [])].every(isSqlField) &&
    !(metrics.field?.type === 'attribute' && metrics.field.scope !== 'span');
  if (inSql) {
    const window = await windowOf(reader, range, signal);
    if (window) await observeBySql(reader, metrics, condition, range, window, table, { signal });
  } else await observeTraces(reader, query, range, table, signal);
  return metrics.selections.reduce((series, selection) => select(series, selection), table.series());
}

async function windowOf(reader: StoreReader, range: MetricsRange, signal: AbortSignal): Promise<SeqWindow | undefined> {
  const [bounds] = await reader.database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM spans WHERE start_ns > ${range.start}::UBIGINT AND start_ns <= ${range.end}::UBIGINT`,
    [],
    { signal },
  );
  return bounds?.first == null || bounds.last == null ? undefined : { from: bounds.first, to: bounds.last + 1n };
}

/** What SQL cannot say is counted over whole traces. */
async function observeTraces(
  reader: StoreReader,
  query: Query & { metrics: MetricsStage },
  range: MetricsRange,
  table: SeriesTable,
  signal: AbortSignal,
): Promise<void> {
  const { metrics } = query;
  const isHistogram = metrics.function === 'quantile_over_time' || metrics.function === 'histogram_over_time';
  const search = { query, startNs: range.start, endNs: range.end, limit: Number.POSITIVE_INFINITY, signal };
  const { traces } = await findTraces(reader, search);
  for (const { trace, spansets } of traces) {
    for (const span of new Set(spansets.flatMap((spanset) => spanset.spans))) {
      if (span.startNs <= range.start || span.startNs > range.end) continue;
      const keys = metrics.by.map((field) => fieldValues(field, trace, span)[0]);
      const interval = Number((span.startNs - range.start - 1n) / range.step);
      const found = metrics.field ? fieldValues(metrics.field, trace, span)[0] : undefined;
      const value = found ? numberOf(found) : 0;
      if (Number.isNaN(value) || (metrics.field && !found) || (isHistogram && value < 2)) continue;
      const seen = { count: 1, sum: value, min: value, max: value };
      table.observe(keys, interval, isHistogram ? { ...seen, exponent: Math.ceil(Math.log2(value)) } : seen);
    }
  }
}

/** Keeps the highest or lowest values of each interval. */
function select(
  series: readonly MetricSeries[],
  { function: name, count }: MetricsStage['selections'][number],
): MetricSeries[] {
  const kept = series.map(({ labels, values }) => ({
    labels,
    values: new Float64Array(values.length).fill(Number.NaN),
  }));
  const length = series[0]?.values.length ?? 0;
  for (let i = 0; i < length; i++) {
    const order = series.map((_, at) => at).filter((at) => !Number.isNaN(series[at]!.values[i]!));
    order.sort((a, b) => (series[b]!.values[i]! - series[a]!.values[i]!) * (name === 'topk' ? 1 : -1) || a - b);
    for (const at of order.slice(0, count)) kept[at]!.values[i] = series[at]!.values[i]!;
  }
  return kept;
}
