import type { Matcher } from '../terms/sample-source';

/** Offsets into the query's text, in UTF-16 units. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds since 1970, or the start or end of the whole query. */
export type AtTime = number | 'start' | 'end';

export interface TimeShift {
  readonly offsetMs: number;
  readonly at?: AtTime;
}

interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly value: number;
}

interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly text: string;
}

export interface VectorSelector extends Span, TimeShift {
  readonly kind: 'vector-selector';
  /** Where name and matchers end, before `offset` and `@`. */
  readonly nameEnd: number;
  readonly matchers: readonly Matcher[];
}

export interface MatrixSelector extends Span {
  readonly kind: 'matrix-selector';
  readonly selector: VectorSelector;
  readonly rangeMs: number;
}

export interface Subquery extends Span, TimeShift {
  readonly kind: 'subquery';
  readonly inner: Expression;
  readonly rangeMs: number;
  /** Absent: the engine's default evaluation interval. */
  readonly stepMs?: number;
}

export interface FunctionCall extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface Aggregation extends Span {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly parameter?: Expression;
  readonly operand: Expression;
  readonly without: boolean;
  readonly grouping: readonly string[];
}

/** Which labels pair the two sides of a binary operation. */
export interface VectorMatching {
  readonly on: boolean;
  readonly labels: readonly string[];
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** Labels copied from the "one" side. */
  readonly include: readonly string[];
}

export interface BinaryOperation extends Span {
  readonly kind: 'binary';
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
  readonly returnBool: boolean;
  readonly matching: VectorMatching;
  /** Whether on, ignoring or a group modifier was written. */
  readonly explicitMatching: boolean;
}

export interface UnaryOperation extends Span {
  readonly kind: 'unary';
  readonly operator: '+' | '-';
  readonly operand: Expression;
}

interface Parenthesised extends Span {
  readonly kind: 'parenthesised';
  readonly inner: Expression;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | FunctionCall
  | Aggregation
  | BinaryOperation
  | UnaryOperation
  | Parenthesised;

export function unwrapParentheses(expression: Expression): Expression {
  return expression.kind === 'parenthesised' ? unwrapParentheses(expression.inner) : expression;
}
