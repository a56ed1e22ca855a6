/** Rows of `spans` by arrival: `from` inclusive, `to` exclusive. */
export interface SeqWindow {
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * A condition on rows of `spans` (alias `s`). `exact`: true of exactly the spans that match; otherwise it holds for
 * those and for some more, which are told apart on the whole trace.
 */
export interface SpanCondition {
  readonly exact: boolean;
  /** The window lets subqueries read no more rows than the statement around them. */
  sql(window: SeqWindow): string;
}

export function inWindow(column: string, { from, to }: SeqWindow): string {
  return `${column} >= ${from}::UBIGINT AND ${column} < ${to}::UBIGINT`;
}

export const always: SpanCondition = { exact: true, sql: () => 'true' };
export const never: SpanCondition = { exact: true, sql: () => 'false' };
/** Nothing can be said by SQL. */
export const unknown: SpanCondition = { exact: false, sql: () => 'true' };

export function both(left: SpanCondition, right: SpanCondition): SpanCondition {
  if (left === always) return right;
  if (right === always) return left;
  if (left === never || right === never) return never;
  return { exact: left.exact && right.exact, sql: (window) => `(${left.sql(window)} AND ${right.sql(window)})` };
}

export function either(left: SpanCondition, right: SpanCondition): SpanCondition {
  if (left === never) return right;
  if (right === never) return left;
  if (left === always || right === always) return always;
  return { exact: left.exact && right.exact, sql: (window) => `(${left.sql(window)} OR ${right.sql(window)})` };
}

/** The opposite of an inexact condition says nothing. */
export function not(condition: SpanCondition): SpanCondition {
  if (!condition.exact) return unknown;
  if (condition === always) return never;
  if (condition === never) return always;
  return { exact: true, sql: (window) => `(NOT ${condition.sql(window)})` };
}
