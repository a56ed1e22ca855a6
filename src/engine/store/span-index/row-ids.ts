/** The dictionary ids of a block's rows, as pairs of a row and an id. */
export interface RowIds {
  /** Rows of the block; at most 65,536. */
  readonly rowCount: number;
  /** Pairs that count; the arrays may be longer. */
  readonly length: number;
  readonly ids: Uint32Array;
  readonly rows: Uint16Array;
}
