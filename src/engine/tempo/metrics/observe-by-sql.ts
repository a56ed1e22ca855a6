import type { Pace } from '../../pace/pace';
import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import { DURATION_UNKNOWN } from '../../store/reader/span-times';
import { quoteText } from '../search/quote-text';
import { inWindow, type SeqWindow, type SpanCondition } from '../search/span-condition';
import { serviceNameOf } from '../store/loaded-trace';
import type { Field, MetricsStage } from '../traceql/ast';
import { kindNames, type Static, statusNames, string } from '../traceql/static-value';
import { toStatic } from '../traceql/to-static';
import { isDuration } from './is-duration';
import type { MetricsRange } from './read-metrics-request';
import type { SeriesTable } from './series-table';

/** One `by()` field as SQL columns of ids or codes, and what these stand for. */
interface GroupColumn {
  readonly sql: readonly string[];
  /** Numbers, but of a duration the digits. */
  resolve(values: readonly (number | string)[], names: Names): Static | undefined;
}

interface Names {
  strings: ReadonlyMap<number, string>;
  attributes: ReadonlyMap<number, Parameters<typeof toStatic>[0]>;
}

type Numbers = ArrayLike<number>;
type Quintet = readonly [Numbers, Numbers, Numbers, Numbers, Numbers];

/** Whether a field can be grouped by or summed up in SQL; the others need the whole trace. */
export function isSqlField(field: Field): boolean {
  if (field.type === 'attribute')
    return field.scope === undefined || field.scope === 'span' || field.scope === 'resource';
  return ['name', 'status', 'kind', 'statusMessage', 'duration'].includes(field.name);
}

const KNOWN_DURATION = `CASE WHEN (s.times & ${DURATION_UNKNOWN}) = 0 THEN s.duration_ns END`;
/** Groups whose texts are looked up together. */
const GROUPS_A_SLICE = 8192;

/** Groups of spans, a column for each thing that is known of them. */
export interface ObservedRows {
  readonly rowCount: number;
  /** By `KEPT_ROWS` of the rows where these were asked for apart, else zeros. */
  readonly blocks: Numbers;
  /** From 0, of the range. */
  readonly intervals: Numbers;
  /** Log2 of the bucket, for quantiles and histograms. */
  readonly exponents: Numbers;
  /** Ids and codes of what `by()` names, a few columns a field. */
  readonly groups: readonly ArrayLike<number | string>[];
  /** Count, newest row, sum, least and greatest of each group; what the stage does not need is 0. */
  readonly measures: Quintet;
}

interface ObserveOptions extends QueryOptions {
  readonly exemplars: boolean;
  /** Groups of each block of so many rows apart. */
  readonly blockRows?: bigint;
}

/** Counts, sums and extremes of the spans of one window, grouped in SQL. */
export async function selectObservations(
  reader: StoreReader,
  stage: MetricsStage,
  condition: SpanCondition,
  range: MetricsRange,
  window: SeqWindow,
  options: ObserveOptions,
): Promise<ObservedRows> {
  // Attributes of spans that do not match are not looked at: they are most of what a statement costs.
  const matching = `${inWindow('s.seq', window)} AND s.start_ns > ${range.start}::UBIGINT AND s.start_ns <= ${range.end}::UBIGINT
       AND ${condition.sql(window)}`;
  const joins: string[] = [];
  const groups = stage.by.map((field) => groupColumn(reader, field, matching, joins));
  const value = valueColumn(stage.field, matching, joins);
  const isHistogram = isOfPowers(stage);
  // A duration that is known is a whole number: looking at its column alone takes a sixth less.
  const isOfDuration = isDuration(stage.field);
  const known = isOfDuration ? 's.duration_ns' : value;
  const isKnown = isOfDuration ? `AND (s.times & ${DURATION_UNKNOWN}) = 0` : `AND ${value} IS NOT NULL`;
  const isCounted = isHistogram
    ? `${isKnown} AND ${known} >= 2 ${isOfDuration ? '' : `AND isfinite(${known}::DOUBLE)`}`
    : isKnown;
  const columns = [
    options.blockRows ? `(s.seq // ${options.blockRows}::UBIGINT)::UINTEGER` : '0::UINTEGER',
    `((s.start_ns - ${range.start}::UBIGINT - 1::UBIGINT) // ${range.step}::UBIGINT)::UINTEGER`,
    isHistogram ? `ceil(log2(${known}::DOUBLE))::USMALLINT` : '0::USMALLINT',
    ...groups.flatMap((group) => group.sql),
  ];
  // What the answer does not need is left out: it would take longer than counting.
  const measured = (isNeeded: boolean, sql: string) => (isNeeded ? `coalesce(${sql}, 0)` : '0::DOUBLE');
  const measures = [
    measured(options.exemplars, 'max(s.seq)::DOUBLE'),
    measured(/^(?:sum|avg)_/.test(stage.function), `sum(${known}::DOUBLE)`),
    measured(stage.function === 'min_over_time', `min(${known}::DOUBLE)`),
    measured(stage.function === 'max_over_time', `max(${known}::DOUBLE)`),
  ];
  const rows = await reader.database.columns(
    `SELECT ${columns.join(', ')}, count(*)::UINTEGER, ${measures.join(', ')}
     FROM spans s ${joins.join(' ')}
     WHERE ${matching} ${stage.field ? isCounted : ''}
     GROUP BY ${columns.map((_, i) => i + 1).join(', ')}`,
    [],
    options,
  );
  const [blocks, intervals, exponents] = rows.columns as unknown as [Numbers, Numbers, Numbers];
  return {
    ...{ rowCount: rows.rowCount, blocks, intervals, exponents },
    groups: rows.columns.slice(3, columns.length) as unknown as readonly ArrayLike<number | string>[],
    measures: rows.columns.slice(columns.length) as unknown as Quintet,
  };
}

/** Hands groups of spans to the table, with what their ids stand for. */
export async function observeRows(
  reader: StoreReader,
  stage: MetricsStage,
  rows: ObservedRows,
  table: SeriesTable,
  pace: Pace,
): Promise<void> {
  const groups = stage.by.map((field) => groupColumn(reader, field, 'true', []));
  const isHistogram = isOfPowers(stage);
  const [count, seq, sum, min, max] = rows.measures;
  for (let from = 0; from < rows.rowCount; from += GROUPS_A_SLICE) {
    const to = Math.min(from + GROUPS_A_SLICE, rows.rowCount);
    const names = await readNames(reader, stage.by, groups, rows.groups, from, to);
    for (let row = from; row < to; row++) {
      let at = 0;
      const keys = groups.map((group) =>
        group.resolve(
          group.sql.map(() => rows.groups[at++]![row]!),
          names,
        ),
      );
      const seen = { count: count[row]!, sum: sum[row]!, min: min[row]!, max: max[row]!, seq: seq[row]! };
      const observed = isHistogram ? { ...seen, exponent: rows.exponents[row]! } : seen;
      table.observe(keys, rows.intervals[row]!, observed);
      if (pace.isDue()) await pace.turn();
    }
  }
}

function isOfPowers({ function: name }: MetricsStage): boolean {
  return name === 'quantile_over_time' || name === 'histogram_over_time';
}

function groupColumn(reader: StoreReader, field: Field, matching: string, joins: string[]): GroupColumn {
  if (field.type === 'intrinsic') {
    switch (field.name) {
      case 'status':
        return {
          sql: ['s.status'],
          resolve: ([code]) => ({ type: 'status', value: statusNames[Number(code)] ?? 'unset' }),
        };
      case 'kind':
        return {
          sql: ['s.kind'],
          resolve: ([code]) => ({ type: 'kind', value: kindNames[Number(code)] ?? 'unspecified' }),
        };
      case 'duration':
        return {
          sql: [`coalesce(${KNOWN_DURATION}::VARCHAR, '')`],
          resolve: ([digits]) => (digits === '' ? undefined : { type: 'duration', value: BigInt(digits!) }),
        };
      default: {
        const column = field.name === 'name' ? 's.name' : 's.status_message';
        return { sql: [column], resolve: ([id], { strings }) => string(strings.get(Number(id)) ?? '') };
      }
    }
  }
  const ofResource = (id: number | string): Static | undefined => {
    const resource = reader.dictionary.resources().get(Number(id));
    if (field.name === 'service.name') return string(serviceNameOf(resource));
    const found = resource?.attributes.find(({ key }) => key === field.name);
    return found && toStatic(found);
  };
  if (field.scope === 'resource') return { sql: ['s.resource'], resolve: ([id]) => ofResource(id!) };
  const own = joinAttribute(field.name, matching, joins);
  const ofSpan = (id: number | string, { attributes }: Names): Static | undefined => {
    const found = attributes.get(Number(id));
    return found && toStatic(found);
  };
  if (field.scope === 'span')
    return { sql: [`coalesce(${own}.attribute, 0)`], resolve: ([id], names) => ofSpan(id!, names) };
  return {
    sql: [`coalesce(${own}.attribute, 0)`, 's.resource'],
    resolve: ([id, resource], names) => (id === 0 ? ofResource(resource!) : ofSpan(id!, names)),
  };
}

/** The dictionary id of the span's attribute of that key, as a joined table's column `attribute`. */
function joinAttribute(key: string, matching: string, joins: string[]): string {
  const alias = `a${joins.length}`;
  joins.push(
    `LEFT JOIN (SELECT seq, min(attribute) AS attribute FROM (SELECT seq, unnest(attributes) AS attribute FROM spans s WHERE ${matching})
       WHERE attribute IN (SELECT id FROM attributes WHERE key = ${quoteText(key)}) GROUP BY seq) ${alias} ON ${alias}.seq = s.seq`,
  );
  return alias;
}

function valueColumn(field: Field | undefined, matching: string, joins: string[]): string {
  if (!field) return 'NULL';
  if (field.type === 'intrinsic') return field.name === 'duration' ? KNOWN_DURATION : 'NULL';
  const own = joinAttribute(field.name, matching, joins);
  const alias = `v${joins.length}`;
  joins.push(`LEFT JOIN attributes ${alias} ON ${alias}.id = ${own}.attribute`);
  return `${alias}.number`;
}

/** What the ids of some rows stand for. */
async function readNames(
  reader: StoreReader,
  by: readonly Field[],
  groups: readonly GroupColumn[],
  columns: readonly ArrayLike<number | string>[],
  from: number,
  to: number,
): Promise<Names> {
  const strings = new Set<number>();
  const attributes = new Set<number>();
  let at = 0;
  for (const [i, group] of groups.entries()) {
    const field = by[i] as Field;
    const ids = columns[at]!;
    at += group.sql.length;
    const isText = field.type === 'intrinsic' && (field.name === 'name' || field.name === 'statusMessage');
    const isAttribute = field.type === 'attribute' && field.scope !== 'resource';
    if (!isText && !isAttribute) continue;
    const target = isText ? strings : attributes;
    for (let row = from; row < to; row++) target.add(Number(ids[row]));
  }
  return {
    strings: await reader.dictionary.strings(strings),
    attributes: await reader.dictionary.attributes(attributes),
  };
}
