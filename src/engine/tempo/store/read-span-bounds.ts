import type { QueryOptions, SpanIndexReader, StoreReader } from '../../store/reader/reader';

export interface Bounds {
  /** No stored row is older. */
  readonly first: bigint;
  /** Of the newest row. */
  readonly last: bigint;
  /** No stored span is longer; nanoseconds. */
  readonly longestNs: bigint;
}

const known = new WeakMap<SpanIndexReader, Bounds>();

/**
 * Bounds of the rows of `spans`; undefined while there is none. Only rows that are new since the last call are read;
 * what retention has deleted meanwhile may still widen the bounds.
 */
export async function readSpanBounds(reader: StoreReader, options: QueryOptions): Promise<Bounds | undefined> {
  const opened = reader.spanIndex();
  const before = known.get(opened);
  const [row] = await reader.database.rows<{ first: bigint | null; last: bigint | null; longest: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last, max(duration_ns) AS longest FROM spans
     ${before ? `WHERE seq > ${before.last}::UBIGINT` : ''}`,
    [],
    options,
  );
  if (row?.first == null || row.last == null || row.longest == null) return before;
  const bounds = {
    first: before?.first ?? row.first,
    last: row.last,
    longestNs: before && before.longestNs > row.longest ? before.longestNs : row.longest,
  };
  const latest = known.get(opened);
  if (latest === undefined || latest.last < bounds.last) known.set(opened, bounds);
  return bounds;
}
