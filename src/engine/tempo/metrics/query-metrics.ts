import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { candidateCondition } from '../search/candidate-condition';
import { findTraces } from '../search/find-traces';
import type { SeqWindow } from '../search/span-condition';
import type { LoadedSpan } from '../store/loaded-trace';
import type { MetricsStage, Query } from '../traceql/ast';
import { fieldValues } from '../traceql/evaluate/field-values';
import { matchedParts } from '../traceql/evaluate/matched-parts';
import { numberOf } from '../traceql/static-value';
import { isSqlField, observeRows, selectObservations } from './observe-by-sql';
import { observeKept } from './observe-kept';
import type { MetricsRange } from './read-metrics-request';
import { selectSeries } from './select-series';
import { type MetricSeries, SeriesTable } from './series-table';

export interface MetricsResult {
  readonly series: readonly MetricSeries[];
  readonly intervals: number;
}

/** The series of a metrics query over a range; spans count at their start time. Without `exemplars` no series knows a span. Throws `AnswerTooLarge`. */
export async function queryMetrics(
  reader: StoreReader,
  query: Query & { metrics: MetricsStage },
  range: MetricsRange,
  { exemplars, signal }: { readonly exemplars: boolean; readonly signal: AbortSignal },
): Promise<MetricsResult> {
  const { metrics } = query;
  const pace = new Pace(signal);
  const table = new SeriesTable(metrics, range);
  const condition = await candidateCondition(reader, query, { signal });
  const inSql =
    condition.exact &&
    query.stages.length === 1 &&
    query.stages[0]?.type === 'filter' &&
    [...metrics.by, ...(metrics.field ? [metrics.field] : [])].every(isSqlField) &&
    !(metrics.field?.type === 'attribute' && metrics.field.scope !== 'span');
  const asked = { exemplars, signal };
  if (!inSql) await observeTraces(reader, query, range, table, signal);
  else if (!(await observeKept(reader, metrics, condition, range, table, pace, asked))) {
    const rows = metrics.by.length === 0 ? UNGROUPED_ROWS : WINDOW_ROWS;
    for await (const window of windowsOf(reader, range, rows, signal)) {
      const observed = await selectObservations(reader, metrics, condition, range, window, asked);
      await observeRows(reader, metrics, observed, table, pace);
    }
  }
  let series: readonly MetricSeries[] = await table.series(pace);
  for (const selection of metrics.selections) series = await selectSeries(series, selection, table.intervals, pace);
  return { series, intervals: table.intervals };
}

/** Rows that are grouped in one statement: each may be a group of its own. */
const WINDOW_ROWS = 1_000_000n;
/** Of which there are no more groups than intervals times buckets. */
const UNGROUPED_ROWS = 20_000_000n;

async function* windowsOf(
  reader: StoreReader,
  range: MetricsRange,
  rows: bigint,
  signal: AbortSignal,
): AsyncGenerator<SeqWindow> {
  const [bounds] = await reader.database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM spans WHERE start_ns > ${range.start}::UBIGINT AND start_ns <= ${range.end}::UBIGINT`,
    [],
    { signal },
  );
  if (bounds?.first == null || bounds.last == null) return;
  for (let from = bounds.first; from <= bounds.last; from += rows)
    yield { from, to: from + rows <= bounds.last ? from + rows : bounds.last + 1n };
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
  const pace = new Pace(signal);
  const isHistogram = metrics.function === 'quantile_over_time' || metrics.function === 'histogram_over_time';
  const search = { query, startNs: range.start, endNs: range.end, limit: Number.POSITIVE_INFINITY, signal };
  await findTraces(reader, search, async ({ trace, spansets }) => {
    const spans = new Set<LoadedSpan>();
    for (const spanset of spansets) for (const span of spanset.spans) spans.add(span);
    for (const span of spans) {
      if (pace.isDue()) await pace.turn();
      if (span.startNs <= range.start || span.startNs > range.end) continue;
      const parts = matchedParts(query.stages, trace, span);
      const keys = metrics.by.map((field) => fieldValues(field, trace, span, parts)[0]);
      const interval = Number((span.startNs - range.start - 1n) / range.step);
      const found = metrics.field ? fieldValues(metrics.field, trace, span, parts)[0] : undefined;
      const value = found ? numberOf(found) : 0;
      if (Number.isNaN(value) || (metrics.field && !found)) continue;
      const seen = { count: 1, sum: value, min: value, max: value, seq: Number(span.seq) };
      if (!isHistogram) table.observe(keys, interval, seen);
      else if (value >= 2 && Number.isFinite(value))
        table.observe(keys, interval, { ...seen, exponent: Math.ceil(Math.log2(value)) });
    }
  });
}
