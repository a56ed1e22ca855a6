import type { Field, MetricsFunction, MetricsStage } from '../ast';
import { numberOf } from '../static-value';
import type { FieldExpressionParser } from './parse-field-expression';
import { refuseConstruct } from './refuse-construct';
import { QueryRefusal } from './syntax-error';
import type { TokenReader } from './token-reader';

const withoutField: readonly string[] = ['rate', 'count_over_time'];
const withField: readonly string[] = [
  ...['min_over_time', 'max_over_time', 'avg_over_time', 'sum_over_time'],
  ...['quantile_over_time', 'histogram_over_time'],
];
export const metricsFunctions: ReadonlySet<string> = new Set([...withoutField, ...withField, 'compare']);
const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/']);
const comparisons: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Parses `rate() by (name)` and what may follow it, up to the selections `| topk(3)`. Throws a `QueryRefusal`. */
export function parseMetricsStage(reader: TokenReader, fields: FieldExpressionParser): MetricsStage {
  const name = reader.text()!;
  reader.next();
  if (name === 'compare') throw new QueryRefusal(refuseConstruct('compare()', 'docker'));
  reader.expect('(');
  const field = withField.includes(name) ? fields.field() : undefined;
  const quantiles: number[] = [];
  if (name === 'quantile_over_time') {
    do {
      if (quantiles.length === 0) reader.expect(',');
      quantiles.push(number(reader));
    } while (reader.take(','));
  }
  reader.expect(')');
  const by = reader.take('by') ? parseFields(reader, fields) : [];
  const selections = parseSelections(reader);
  return { function: name as MetricsFunction, ...(field ? { field } : {}), quantiles, by, selections };
}

/** `| topk(3) | bottomk(1)`, as far as there are any. */
export function parseSelections(reader: TokenReader): MetricsStage['selections'] {
  const selections: MetricsStage['selections'][number][] = [];
  refuseComparison(reader);
  while (reader.take('|')) {
    const selection = reader.text();
    if (selection !== 'topk' && selection !== 'bottomk') throw reader.unexpected();
    reader.next();
    reader.expect('(');
    const count = reader.next();
    if (count.type !== 'literal' || count.value.type !== 'int') throw reader.unexpected(count);
    selections.push({ function: selection, count: Number(count.value.value) });
    reader.expect(')');
    refuseComparison(reader);
  }
  return selections;
}

/** `(.a, name)` */
export function parseFields(reader: TokenReader, fields: FieldExpressionParser): Field[] {
  reader.expect('(');
  const list = [fields.field()];
  while (reader.take(',')) list.push(fields.field());
  reader.expect(')');
  return list;
}

/** What may follow a metrics query in parentheses. */
export function refuseMetricsOperator(reader: TokenReader): void {
  const operator = reader.text() ?? '';
  if (arithmetic.has(operator)) throw new QueryRefusal(refuseConstruct(`"${operator}" on metrics`, 'nobody'));
  refuseComparison(reader);
}

function refuseComparison(reader: TokenReader): void {
  const operator = reader.text() ?? '';
  if (comparisons.has(operator)) throw new QueryRefusal(refuseConstruct(`"${operator}" on metrics`, 'docker'));
}

function number(reader: TokenReader): number {
  const token = reader.next();
  const isNumber = token.type === 'literal' && (token.value.type === 'int' || token.value.type === 'float');
  if (!isNumber) throw reader.unexpected(token);
  return numberOf(token.value);
}
