import type { ExplainedValue } from '../contract/explain';

/** How a value is written in a query. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'other';

export interface TypedValue extends ExplainedValue {
  readonly kind: ValueKind;
}

/** A value, and the rows that have it, ascending. */
export interface ValueRows {
  readonly value: TypedValue;
  readonly rows: Uint32Array;
}

/** Spans, or lines, of two populations that are looked at one by one. */
export interface ExplainedRows {
  readonly count: number;
  /** 1 where a row is of the selection. */
  readonly selected: Uint8Array;
  /** The number of a row's operation: rows are held against rows of the same one. */
  readonly operation: Uint32Array;
  readonly operations: number;
  /** The number of the trace, or of what else a row came with: its rows are no independent evidence. */
  readonly cluster: Uint32Array;
  readonly clusters: number;
  readonly values: readonly ValueRows[];
}
