import type { Database, QueryOptions } from '../../store/reader';
import { applyOperator } from '../traceql/apply-operator';
import type { ComparisonOperator } from '../traceql/ast';
import { toStatic } from '../traceql/evaluate-field';
import { numberOf, type Static } from '../traceql/static-value';
import { quoteText } from './quote-text';

/** A comparison of an attribute's value with a literal, or only that there is a value. */
export interface ValuePredicate {
  readonly operator: ComparisonOperator;
  readonly value: Static;
}

/** Dictionary ids of the attributes of that key whose value fulfils the predicate. */
export async function attributeIds(
  database: Database,
  key: string,
  predicate: ValuePredicate | undefined,
  options: QueryOptions,
): Promise<Uint32Array> {
  const from = `FROM attributes WHERE key = ${quoteText(key)}`;
  if (!predicate)
    return (await database.columns(`SELECT id ${from} AND kind <> 0`, [], options)).columns[0] as Uint32Array;
  // Arrays compare by their elements, which is done here: there are few of them.
  const answer = await database.columns(
    `SELECT id, kind, CASE WHEN kind = 5 THEN text ELSE '' END ${from} AND (kind = 5 OR (${scalarCondition(predicate)}))`,
    [],
    options,
  );
  const [ids, kinds, texts] = answer.columns as unknown as [Uint32Array, Uint8Array, readonly string[]];
  return ids.filter((_, row) => {
    if (kinds[row] !== 5) return true;
    const result = applyOperator(
      predicate.operator,
      toStatic({ kind: 5, text: texts[row]!, number: null }),
      predicate.value,
    );
    return result.type === 'boolean' && result.value;
  });
}

function scalarCondition({ operator, value }: ValuePredicate): string {
  switch (value.type) {
    case 'int':
    case 'float':
    case 'duration':
      return `kind IN (3, 4) AND ${operator === '=~' || operator === '!~' ? 'false' : `number ${sqlOperator(operator)} ${numberOf(value)}::DOUBLE`}`;
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

function sqlOperator(operator: ComparisonOperator): string {
  return operator === '!=' ? '<>' : operator;
}

/** A comparison of a text column; regular expressions match the whole text, a dot also newlines. */
export function textCondition(column: string, operator: ComparisonOperator, value: string): string {
  if (operator === '=~') return `regexp_full_match(${column}, ${quoteText(value)}, 's')`;
  if (operator === '!~') return `NOT regexp_full_match(${column}, ${quoteText(value)}, 's')`;
  return `${column} ${sqlOperator(operator)} ${quoteText(value)}`;
}
