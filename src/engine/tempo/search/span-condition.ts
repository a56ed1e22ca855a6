import type { RowFilter } from './row-filter';

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
  /** No other rows fulfil it; left out where the span index says nothing of it. */
  readonly rows?: RowFilter;
  /** What the rows of `rows` are to fulfil besides; left out where nothing. */
  readonly rest?: (window: SeqWindow) => string;
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
  const sql: SpanCondition['sql'] = (window) => `(${left.sql(window)} AND ${right.sql(window)})`;
  const condition = { exact: left.exact && right.exact, sql };
  const { rows, rest } = bothRows(left, right);
  return rows ? { ...condition, rows, ...(rest ? { rest } : {}) } : condition;
}

export function either(left: SpanCondition, right: SpanCondition): SpanCondition {
  if (left === never) return right;
  if (right === never) return left;
  if (left === always || right === always) return always;
  const sql: SpanCondition['sql'] = (window) => `(${left.sql(window)} OR ${right.sql(window)})`;
  const condition = { exact: left.exact && right.exact, sql };
  if (!left.rows || !right.rows) return condition;
  const rows: RowFilter = { type: 'any', of: [left.rows, right.rows] };
  return left.rest || right.rest ? { ...condition, rows, rest: sql } : { ...condition, rows };
}

/** The opposite of an inexact condition says nothing. */
export function not(condition: SpanCondition): SpanCondition {
  if (!condition.exact) return unknown;
  if (condition === always) return never;
  if (condition === never) return always;
  return { exact: true, sql: (window) => `(NOT ${condition.sql(window)})` };
}

/** A condition on rows that the index has chosen. */
export function restOf(condition: SpanCondition, window: SeqWindow): string {
  if (!condition.rows) return condition.sql(window);
  return condition.rest?.(window) ?? 'true';
}

function bothRows(left: SpanCondition, right: SpanCondition): Pick<SpanCondition, 'rows' | 'rest'> {
  if (!left.rows && !right.rows) return {};
  const rests = [left, right].filter(({ rows, rest }) => !rows || rest);
  const rows =
    left.rows && right.rows ? ({ type: 'all', of: [left.rows, right.rows] } as const) : (left.rows ?? right.rows!);
  if (rests.length === 0) return { rows };
  return { rows, rest: (window) => rests.map((part) => restOf(part, window)).join(' AND ') };
}
