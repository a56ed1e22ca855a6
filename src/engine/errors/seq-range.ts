/** Rows of a table from `from` on, `to` not included. */
export interface SeqRange {
  readonly from: bigint;
  readonly to: bigint;
}

export function within(column: string, { from, to }: SeqRange): string {
  return `${column} >= ${from}::UBIGINT AND ${column} < ${to}::UBIGINT`;
}
