import { Pace } from '../../pace/pace';
import type { Columns, StoreReader } from '../../store/reader/reader';
import type { RangeAggregation } from '../logql/ast';
import { levelFields } from '../records/detect-level';
import { labelName } from '../records/label-name';
import { lineSql } from '../records/line-sql';
import { originalOf } from '../records/put-label';
import { labelsOf, readRecords, recordColumns } from '../records/read-records';
import type { LogCatalog } from '../selection/log-catalog';
import type { SelectionPlan } from '../selection/plan-selection';
import { inIds, ubigint } from '../selection/sql-parameters';
import type { StepGrid } from './metric-series';
import { tooManySeries } from './too-many-series';

/** Groups in one answer of SQL; past it the query has too many series to be useful. */
const maxGroups = 500_000;
/** Of them so many are made records at a time. */
const recordsAtOnce = 5000;

/** Labels (all, or at least the wanted ones) with what was counted, and the first and last step that sees it. */
export interface StepCount {
  readonly labels: ReadonlyMap<string, string>;
  readonly firstStep: number;
  readonly lastStep: number;
  readonly total: number;
}

/**
 * Counts lines (or their bytes) by label set and by the steps whose window (t-range, t] holds them; no row leaves the
 * database. `wanted` names the labels needed; undefined needs all.
 */
export async function* countInSql(
  reader: StoreReader,
  catalog: LogCatalog,
  plan: SelectionPlan,
  aggregation: RangeAggregation,
  grid: StepGrid,
  wanted: readonly string[] | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<StepCount> {
  const columns = await keyColumns(reader, catalog, plan, wanted);
  const needsLevel = !wanted || wanted.includes('detected_level');
  const count = (condition: string, keys: readonly KeyColumn[]) =>
    countGroups(reader, { ...plan, where: `${plan.where}${condition}` }, aggregation, grid, keys, signal);
  if (!needsLevel) {
    yield* count('', columns);
    return;
  }
  const said = inIds('severity_text', [...(await catalog.levels(reader.dictionary)).keys()]);
  // The level of a line without a severity is read from its text: only there the text is part of the key.
  const withBody = columns.map((column) =>
    column.name === 'body' ? { name: 'body', sql: 'body', constant: false } : column,
  );
  yield* count(` AND (severity <> 0 OR ${said})`, columns);
  yield* count(` AND NOT (severity <> 0 OR ${said})`, withBody);
}

async function* countGroups(
  reader: StoreReader,
  plan: SelectionPlan,
  { function: name, range, offset }: RangeAggregation,
  grid: StepGrid,
  keys: readonly KeyColumn[],
  signal: AbortSignal | undefined,
): AsyncGenerator<StepCount> {
  const start = grid.startNs - offset;
  const end = start + grid.stepNs * BigInt(grid.count - 1);
  const time = `(logs.time_ns::BIGINT - (${start - range}))`;
  // Of one step alone every row is.
  const isOne = grid.count === 1;
  const first = isOne
    ? '0'
    : `CASE WHEN ${time} <= ${range} THEN 0 ELSE (${time} - ${range} + ${grid.stepNs - 1n}) // ${grid.stepNs} END`;
  const last = isOne ? '0' : `least((${time} - 1) // ${grid.stepNs}, ${grid.count - 1})`;
  const groups = [
    ...keys.filter(({ constant }) => !constant).map(({ sql }) => sql),
    ...(isOne ? [] : ['first_step', 'last_step']),
  ];
  const rows = await reader.database.columns(
    `SELECT ${keys.map((key) => key.sql).join(', ')}, (${first})::INTEGER AS first_step, (${last})::INTEGER AS last_step,
       ${name.startsWith('bytes') ? `sum(strlen(${lineSql}))` : 'count(*)'}::DOUBLE
     FROM logs WHERE logs.time_ns > ${ubigint(start - range)} AND logs.time_ns <= ${ubigint(end)} AND ${plan.where}
     ${groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : 'HAVING count(*) > 0'} LIMIT ${maxGroups + 1}`,
    plan.parameters,
    signal ? { signal } : {},
  );
  if (rows.rowCount > maxGroups) throw tooManySeries(maxGroups);
  const pace = new Pace(signal);
  const [firstStep, lastStep, total] = rows.columns.slice(keys.length) as [Int32Array, Int32Array, Float64Array];
  for (let from = 0; from < rows.rowCount; from += recordsAtOnce) {
    const records = await readRecords(rowsFrom(rows, from, recordsAtOnce), reader.dictionary, pace);
    for (const [offset, record] of records.entries()) {
      if (pace.isDue()) await pace.turn();
      const i = from + offset;
      if (firstStep[i]! > lastStep[i]!) continue;
      yield { labels: labelsOf(record).all(), firstStep: firstStep[i]!, lastStep: lastStep[i]!, total: total[i]! };
    }
  }
}

function rowsFrom({ rowCount, columns }: Columns, from: number, count: number): Columns {
  const to = Math.min(from + count, rowCount);
  return { rowCount: to - from, columns: columns.map((column) => column.slice(from, to)) };
}

// Of the columns' own types, which decide how they are read.
const empty: Readonly<Record<string, string>> = {
  time_ns: '0::UBIGINT',
  observed_ns: '0::UBIGINT',
  trace_hi: '0::UBIGINT',
  trace_lo: '0::UBIGINT',
  span_id: '0::UBIGINT',
};
const columnsOf: Readonly<Record<string, readonly string[]>> = {
  observed_timestamp: ['observed_ns', 'time_source'],
  severity_number: ['severity'],
  severity_text: ['severity_text'],
  event_name: ['event_name'],
  trace_id: ['trace_hi', 'trace_lo'],
  span_id: ['span_id'],
  flags: ['flags'],
  dropped_attributes_count: ['dropped_attributes'],
};

/** A column of the answer; a constant one takes no part in the grouping. */
interface KeyColumn {
  readonly name: string;
  readonly sql: string;
  readonly constant: boolean;
}

// The columns of a record that decide the wanted labels, constants for the others.
async function keyColumns(
  reader: StoreReader,
  catalog: LogCatalog,
  plan: SelectionPlan,
  wanted: readonly string[] | undefined,
): Promise<KeyColumn[]> {
  const labels = wanted && withSources(wanted).filter((label) => !isStreamLabel(label, plan));
  const needed = new Set(wanted && wanted.length > 0 ? ['resource', 'scope'] : []);
  if (wanted?.includes('detected_level')) needed.add('severity').add('severity_text');
  for (const label of labels ?? []) for (const column of columnsOf[label] ?? []) needed.add(column);
  const attributes = labels ? await attributesOf(labels, reader, catalog) : 'attributes';
  return recordColumns.split(', ').map((name): KeyColumn => {
    if (name === 'attributes') return { name, sql: attributes, constant: attributes === noAttributes };
    if (name === 'body') return { name, sql: "''", constant: true };
    if (name === 'body_kind') return { name, sql: '1', constant: true };
    if (name === 'seq') return { name, sql: '0::UBIGINT', constant: true };
    if (name === 'time_ns') return { name, sql: '0::UBIGINT', constant: true };
    if (!wanted || needed.has(name)) return { name, sql: `logs.${name}`, constant: false };
    return { name, sql: empty[name] ?? '0', constant: true };
  });
}

// A level may come from any of its fields; `x_extracted` is metadata `x` beside a stream label of that name, `x_2` what had
// to give way under `x`. A set is walked with what is added meanwhile.
function withSources(wanted: readonly string[]): string[] {
  const sources = new Set(wanted);
  if (wanted.includes('detected_level')) for (const field of levelFields) sources.add(labelName(field));
  for (const label of sources) {
    sources.add(label.replace(/_extracted$/, ''));
    sources.add(originalOf(label) ?? label);
  }
  return [...sources];
}

function isStreamLabel(label: string, plan: SelectionPlan): boolean {
  return [...plan.streams.values()].every((stream) => stream.labels.has(label));
}

const noAttributes = '[]::UINTEGER[]';
const maxAttributeIds = 5000;

// The attributes of a row that can become one of the labels.
async function attributesOf(labels: readonly string[], reader: StoreReader, catalog: LogCatalog): Promise<string> {
  if (labels.some((label) => catalog.mayBeNested(label))) return 'attributes';
  const keys = labels.flatMap((label) => catalog.keysOf(label));
  if (keys.length === 0) return noAttributes;
  const ids = await reader.database.rows<{ id: number }>(
    `SELECT id FROM attributes WHERE list_contains($1, key) LIMIT ${maxAttributeIds + 1}`,
    [keys],
  );
  if (ids.length > maxAttributeIds) return 'attributes';
  if (ids.length === 0) return noAttributes;
  return `list_filter(attributes, lambda id: id IN (${ids.map(({ id }) => id).join(', ')}))`;
}
