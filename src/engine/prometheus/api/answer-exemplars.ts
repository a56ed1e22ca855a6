import type { StoredAttribute, StoreReader } from '../../store/reader';
import { matchSeries } from '../match-series';
import { planSelections } from '../promql/evaluation/plan-selections';
import { formatSample } from '../promql/format-sample';
import { parsePromql } from '../promql/parse-promql';
import { labelsOf } from '../store-sample-source';
import { type ApiAnswer, answerData, isApiError } from './api-answer';
import { rangeParameters } from './read-parameters';

/** Prometheus keeps so many altogether (`storage.exemplars.max_exemplars`); the newest are answered. */
const MAX_EXEMPLARS = 100_000;

interface ExemplarRow {
  series: number;
  ms: number;
  value: number;
  hi: bigint;
  lo: bigint;
  span: bigint;
  attributes: number[];
}

/** Exemplars of the series that any selector of the query matches. */
export async function answerExemplars(reader: StoreReader, parameters: URLSearchParams): Promise<ApiAnswer> {
  const range = rangeParameters(parameters);
  if (isApiError(range)) return range;
  if (range.endMs < range.startMs) {
    return { errorType: 'bad_data', error: 'end timestamp must not be before start timestamp' };
  }
  const parsed = parsePromql(parameters.get('query') ?? '');
  if ('error' in parsed) return { errorType: 'bad_data', error: parsed.error.message };

  const selections = planSelections(parsed.ast, {
    queryStartMs: range.startMs,
    queryEndMs: range.endMs,
    lookbackMs: 0,
  });
  const all = reader.dictionary.series();
  const matched = new Set(selections.flatMap(({ matchers }) => matchSeries(all.values(), matchers)));
  if (matched.size === 0) return answerData([]);
  const rows = await reader.database.rows<ExemplarRow>(
    `SELECT series, time_ms::DOUBLE AS ms, value, trace_hi AS hi, trace_lo AS lo, span_id AS span, attributes FROM exemplars
     WHERE series IN (SELECT unnest($1)) AND time_ms BETWEEN $2 AND $3 ORDER BY time_ms DESC LIMIT ${MAX_EXEMPLARS}`,
    [[...matched].map(({ id }) => id), range.startMs, range.endMs],
  );
  const attributes = await reader.dictionary.attributes(new Set(rows.flatMap((row) => row.attributes)));
  const bySeries = new Map<number, object[]>();
  for (const row of rows.reverse()) {
    const list = bySeries.get(row.series) ?? [];
    bySeries.set(row.series, list);
    list.push({ labels: exemplarLabels(row, attributes), value: formatSample(row.value), timestamp: row.ms / 1000 });
  }
  return answerData(
    [...bySeries].map(([id, exemplars]) => ({ seriesLabels: Object.fromEntries(labelsOf(all.get(id)!)), exemplars })),
  );
}

function exemplarLabels(row: ExemplarRow, attributes: ReadonlyMap<number, StoredAttribute>): Record<string, string> {
  const pairs = row.attributes.flatMap((id) => attributes.get(id) ?? []).map(({ key, text }) => [key, text] as const);
  const labels: Record<string, string> = Object.fromEntries(pairs);
  if (row.hi !== 0n || row.lo !== 0n) labels.trace_id = hex(row.hi) + hex(row.lo);
  if (row.span !== 0n) labels.span_id = hex(row.span);
  return labels;
}

function hex(half: bigint): string {
  return half.toString(16).padStart(16, '0');
}
