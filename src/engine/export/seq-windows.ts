import type { StoreReader } from '../store/reader/reader';
import { type ExportRange, rangeCondition } from './export-range';

const WINDOW_ROWS = 2000n;

/**
 * SQL conditions that together hold for every row of the range, each for a bounded number of them: windows of `seq`,
 * which a scan finds without reading the table. Rows that arrive meanwhile are left out.
 */
export async function* seqWindows(
  reader: StoreReader,
  { table, time }: { table: string; time: string },
  range: ExportRange,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const inRange = rangeCondition(time, 'ns', range);
  const [bounds] = await reader.database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM ${table} WHERE ${inRange}`,
    [],
    { signal },
  );
  const { first, last } = bounds!;
  if (first === null || last === null) return;
  for (let from = first; from <= last; from += WINDOW_ROWS) {
    const end = from + WINDOW_ROWS;
    yield `seq >= ${from}::UBIGINT AND seq < ${end}::UBIGINT AND seq <= ${last}::UBIGINT AND ${inRange}`;
  }
}
