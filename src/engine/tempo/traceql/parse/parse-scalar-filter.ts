import { applyOperator } from '../apply-operator';
import type { ComparisonOperator, FieldOperator, Stage } from '../ast';
import { isNumeric, type Static } from '../static-value';
import type { FieldExpressionParser } from './parse-field-expression';
import { refuseConstruct } from './refuse-construct';
import { QueryRefusal } from './syntax-error';
import type { TokenReader } from './token-reader';
import type { Token } from './tokenize';

type Aggregate = Omit<Extract<Stage, { type: 'aggregate' }>, 'type' | 'operator' | 'value'>;
type Scalar =
  | { readonly type: 'static'; readonly value: Static }
  | { readonly type: 'aggregate'; readonly aggregate: Aggregate }
  /** Arithmetic on aggregates. */
  | { readonly type: 'compound' };

export const aggregateNames: ReadonlySet<string> = new Set(['count', 'min', 'max', 'avg', 'sum']);
export const comparisons: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const powers: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 };
/** Higher than of any binary operator. */
const PREFIX_POWER = 4;
const MAX_DEPTH = 500;

/** Parses `count() > 2`, `avg(duration) >= 1s`. Throws a `QueryRefusal`. */
export function parseScalarFilter(reader: TokenReader, fields: FieldExpressionParser): Stage {
  const start = reader.peek();
  const parser = new ScalarParser(reader, fields);
  const left = parser.scalar();
  const operator = reader.text();
  if (operator === ')') throw new QueryRefusal(refuseConstruct('a pipeline that ends in a number', 'nobody'));
  if (operator === undefined || !comparisons.has(operator)) throw reader.unexpected();
  reader.next();
  const right = parser.scalar();
  // One side must look at spans.
  if (left.type === 'static' && right.type === 'static') throw reader.unexpected();
  // Tempo too takes only an aggregate on the left and a literal on the right.
  if (left.type !== 'aggregate' || right.type !== 'static')
    throw new QueryRefusal(refuseConstruct(`the scalar filter ${reader.writtenFrom(start)}`, 'nobody'));
  return { type: 'aggregate', ...left.aggregate, operator: operator as ComparisonOperator, value: right.value };
}

class ScalarParser {
  private nesting = 0;

  constructor(
    private readonly reader: TokenReader,
    private readonly fields: FieldExpressionParser,
  ) {}

  scalar(minimum = 1): Scalar {
    if (++this.nesting > MAX_DEPTH) {
      const message = `the expression is nested too deeply: at most ${MAX_DEPTH} levels`;
      throw new QueryRefusal({ kind: 'traceql-too-deep', message });
    }
    let left = this.operand();
    for (;;) {
      const token = this.reader.peek();
      const operator = this.reader.text() ?? '';
      const power = powers[operator];
      if (power === undefined || power < minimum) break;
      this.reader.next();
      const right = this.scalar(operator === '^' ? power : power + 1);
      if (left.type !== 'static' || right.type !== 'static') left = { type: 'compound' };
      else if (operator === '%' || operator === '^') throw this.reader.unexpected(token);
      else left = { type: 'static', value: this.folded(token, operator as FieldOperator, left.value, right.value) };
    }
    this.nesting--;
    return left;
  }

  private operand(): Scalar {
    const token = this.reader.peek();
    if (this.reader.take('(')) {
      if (this.reader.text() === '{') throw new QueryRefusal(refuseConstruct('arithmetic on pipelines', 'nobody'));
      const inner = this.scalar();
      this.reader.expect(')');
      return inner;
    }
    if (this.reader.take('-')) {
      const inner = this.scalar(PREFIX_POWER);
      if (inner.type !== 'static') throw this.reader.unexpected(token);
      const { value } = inner;
      if (value.type === 'float') return { type: 'static', value: { type: 'float', value: -value.value } };
      if (value.type === 'int' || value.type === 'duration')
        return { type: 'static', value: { type: value.type, value: -value.value } };
    }
    if (token.type === 'literal' && isNumeric(token.value.type)) {
      this.reader.next();
      return { type: 'static', value: token.value };
    }
    return { type: 'aggregate', aggregate: this.aggregate() };
  }

  private aggregate(): Aggregate {
    const name = this.reader.text();
    if (name === undefined || !aggregateNames.has(name)) throw this.reader.unexpected();
    this.reader.next();
    this.reader.expect('(');
    const expression = name === 'count' ? undefined : this.fields.expression();
    this.reader.expect(')');
    return { function: name as Aggregate['function'], ...(expression ? { expression } : {}) };
  }

  private folded(at: Token, operator: FieldOperator, left: Static, right: Static): Static {
    if (left.type === 'duration' || right.type === 'duration')
      throw this.reader.mistake(at, 'duration cannot be used in scalar arithmetic');
    const value = applyOperator(operator, left, right);
    if (!isNumeric(value.type)) throw this.reader.mistake(at, 'division by zero');
    return value;
  }
}
