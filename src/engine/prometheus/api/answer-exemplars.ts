import { Pace } from '../../pace/pace';
import { formatSample } from '../../samples/format-sample';
import { idsAsText } from '../../store/reader/ids-as-text';
import type { StoredAttribute, StoredSeries, StoreReader } from '../../store/reader/reader';
import { planSelections } from '../promql/evaluation/plan-selections';
import { parsePromql } from '../promql/parse-promql';
import { labelsOf } from '../selection/store-sample-source';
import { type ApiAnswer, answerData, isApiError } from './api-answer';
import { JsonText } from './json-text';
import { rangeParameters } from './read-parameters';
import { matchAny } from './select-series';

/** Prometheus keeps so many altogether (`storage.exemplars.max_exemplars`); the newest are answered. */
const MAX_EXEMPLARS = 100_000;
/** Showing one exemplar, in units of `Pace.isDueAfter`. */
const ROW = 200;

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
export async function answerExemplars(
  reader: StoreReader,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const pace = new Pace(signal);
  const range = rangeParameters(parameters);
  if (isApiError(range)) return range;
  if (range.endMs < range.startMs) {
    return { errorType: 'bad_data', error: 'end timestamp must not be before start timestamp' };
  }
  const parsed = await parsePromql(parameters.get('query') ?? '', pace);
  if ('error' in parsed) return { errorType: 'bad_data', error: parsed.error.message };

  const selections = await planSelections(
    parsed.ast,
    {
      queryStartMs: range.startMs,
      queryEndMs: range.endMs,
      lookbackMs: 0,
    },
    pace,
  );
  const selectors = selections.map(({ matchers }) => matchers);
  // Kept at hand: the store's own list may lose some to retention while the exemplars are read.
  const matched = new Map<number, StoredSeries>();
  for (const series of await matchAny(reader.dictionary.series(), selectors, pace)) matched.set(series.id, series);
  if (matched.size === 0) return answerData([]);
  const rows = await reader.database.rows<ExemplarRow>(
    `SELECT series, time_ms::DOUBLE AS ms, value, trace_hi AS hi, trace_lo AS lo, span_id AS span, attributes FROM exemplars
     WHERE series IN (SELECT unnest($1::UINTEGER[])) AND time_ms BETWEEN $2 AND $3 ORDER BY time_ms DESC LIMIT ${MAX_EXEMPLARS}`,
    [idsAsText([...matched.keys()]), range.startMs, range.endMs],
    { signal },
  );
  const attributes = await reader.dictionary.attributes(new Set(rows.flatMap((row) => row.attributes)));
  const bySeries = new Map<number, object[]>();
  for (const row of rows.reverse()) {
    if (pace.isDueAfter(ROW)) await pace.turn();
    const list = bySeries.get(row.series) ?? [];
    bySeries.set(row.series, list);
    list.push({ labels: exemplarLabels(row, attributes), value: formatSample(row.value), timestamp: row.ms / 1000 });
  }
  const json = new JsonText(pace);
  await json.list(bySeries, ([id, exemplars]) =>
    json.write(JSON.stringify({ seriesLabels: Object.fromEntries(labelsOf(matched.get(id)!)), exemplars })),
  );
  return { json: json.end() };
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
