/** Up to this many rows are named one by one; more are read as a range. */
export const MAX_LISTED_SEQS = 2000;

/** An SQL condition that holds for these rows; beyond a number of them, also for others between. */
export function seqCondition(column: string, seqs: ArrayLike<bigint>): string {
  if (seqs.length === 0) return 'false';
  let [low, high] = [seqs[0]!, seqs[0]!];
  for (let i = 1; i < seqs.length; i++) {
    if (seqs[i]! < low) low = seqs[i]!;
    if (seqs[i]! > high) high = seqs[i]!;
  }
  // The list is looked up row by row; the range alone makes use of the zone maps.
  const range = `${column} BETWEEN ${low}::UBIGINT AND ${high}::UBIGINT`;
  if (seqs.length > MAX_LISTED_SEQS) return range;
  return `${range} AND ${column} IN (${Array.from(seqs, (seq) => `${seq}::UBIGINT`).join(',')})`;
}
