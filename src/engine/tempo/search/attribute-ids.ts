import type { IdSet } from '../../store/reader/id-set';
import type { Database, QueryOptions, StoreReader } from '../../store/reader/reader';
import { applyOperator } from '../traceql/apply-operator';
import type { ComparisonOperator } from '../traceql/ast';
import type { Static } from '../traceql/static-value';
import { toStatic } from '../traceql/to-static';
import { type FoundIds, type IdRange, KnownIds } from './known-ids';
import { numberCondition } from './number-condition';
import { quoteText } from './quote-text';
import { sqlOperator } from './sql-operator';

/** A comparison of an attribute's value with a literal, or only that there is a value. */
export interface ValuePredicate {
  readonly operator: ComparisonOperator;
  readonly value: Static;
}

/** Stands in for the kind in the row that tells the last id. */
const LAST_ID = 255;

/** Dictionary ids over `after` (and perhaps others) of the attributes of that key whose value fulfils the predicate. */
export function attributeIds(
  reader: StoreReader,
  key: string,
  predicate: ValuePredicate | undefined,
  after: number,
  options: QueryOptions,
): Promise<IdSet> {
  return KnownIds.of(reader).get(`attribute ${JSON.stringify([key, predicate], exactly)}`, after, (range) =>
    findAttributes(reader.database, key, predicate, range, options),
  );
}

/** Integers as text; a double that is none of them as well, of which JSON knows no infinities. */
function exactly(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'number' ? `${typeof value} ${value}` : value;
}

async function findAttributes(
  database: Database,
  key: string,
  predicate: ValuePredicate | undefined,
  range: IdRange,
  options: QueryOptions,
): Promise<FoundIds> {
  // Arrays compare by their elements, which is done here: there are few of them.
  const condition = predicate ? `(kind = 5 OR (${scalarCondition(predicate)}))` : 'kind <> 0';
  const { columns } = await database.columns(
    `SELECT id, kind, CASE WHEN kind = 5 THEN text ELSE '' END FROM attributes
       WHERE ${inRange(range)} AND key = ${quoteText(key)} AND ${condition}
     UNION ALL SELECT COALESCE(max(id), 0), ${LAST_ID}, '' FROM attributes WHERE ${inRange(range)}`,
    [],
    options,
  );
  const [ids, kinds, texts] = columns as unknown as [Uint32Array, Uint8Array, readonly string[]];
  return {
    ids: ids.filter((_, row) => {
      if (kinds[row] === LAST_ID) return false;
      return kinds[row] !== 5 || !predicate || elementFulfils(texts[row]!, predicate);
    }),
    last: ids[kinds.indexOf(LAST_ID)]!,
  };
}

function elementFulfils(array: string, { operator, value }: ValuePredicate): boolean {
  const result = applyOperator(operator, toStatic({ kind: 5, text: array, number: null }), value);
  return result.type === 'boolean' && result.value;
}

/** Ids of the strings that fulfil the comparison; the empty one, 0, is not among them. */
export function stringIds(
  reader: StoreReader,
  operator: ComparisonOperator,
  value: string,
  options: QueryOptions,
): Promise<IdSet> {
  return KnownIds.of(reader).get(`string ${JSON.stringify([operator, value])}`, 0, async (range) => {
    const { columns } = await reader.database.columns(
      `SELECT id, true FROM strings WHERE ${inRange(range)} AND ${textCondition('value', operator, value)}
       UNION ALL SELECT COALESCE(max(id), 0), false FROM strings WHERE ${inRange(range)}`,
      [],
      options,
    );
    const [ids, found] = columns as [Uint32Array, Uint8Array];
    return { ids: ids.filter((_, row) => found[row] === 1), last: ids[found.indexOf(0)]! };
  });
}

function inRange({ after, to }: IdRange): string {
  return `id > ${after}::UINTEGER${to === undefined ? '' : ` AND id <= ${to}::UINTEGER`}`;
}

function scalarCondition({ operator, value }: ValuePredicate): string {
  switch (value.type) {
    case 'int':
    case 'float':
    case 'duration':
      return operator === '=~' || operator === '!~' ? 'false' : numberCondition(operator, value.value);
    case 'string':
      return `kind IN (1, 6, 7) AND ${textCondition('text', operator, value.value)}`;
    case 'boolean':
      return operator === '=' || operator === '!='
        ? `kind = 2 AND text ${sqlOperator(operator)} '${value.value}'`
        : 'false';
    default:
      return 'false';
  }
}

/** A comparison of a text column; regular expressions match the whole text, a dot also newlines. */
function textCondition(column: string, operator: ComparisonOperator, value: string): string {
  if (operator === '=~') return `regexp_full_match(${column}, ${quoteText(value)}, 's')`;
  if (operator === '!~') return `NOT regexp_full_match(${column}, ${quoteText(value)}, 's')`;
  return `${column} ${sqlOperator(operator)} ${quoteText(value)}`;
}
