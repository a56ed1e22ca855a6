import type { StoreReader } from '../../store/reader/reader';
import { IdTable } from '../counting/id-table';
import { halves, type SpanRows } from '../counting/span-rows';

/** Of rows whose parent is not among the rows: those whose parent is stored all the same, being of another run or time. */
export async function findParentsElsewhere(
  reader: StoreReader,
  rows: SpanRows,
  orphans: readonly number[],
  signal: AbortSignal,
): Promise<number[]> {
  if (orphans.length === 0) return [];
  const { parentId, traceLo, traceHi } = rows;
  const wanted = new BigUint64Array(parentId.buffer, parentId.byteOffset, rows.count);
  const traces = new BigUint64Array(traceLo.buffer, traceLo.byteOffset, rows.count);
  const { columns } = await reader.database.columns(
    `SELECT span_id, trace_lo, trace_hi FROM spans
     WHERE span_id IN (SELECT unnest($1::UBIGINT[])) AND trace_lo IN (SELECT unnest($2::UBIGINT[]))`,
    [listed(orphans.map((row) => wanted[row]!)), listed(orphans.map((row) => traces[row]!))],
    { signal },
  );
  const [ids, lo, hi] = columns.map((column) => halves(column as BigUint64Array)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const ofTraces = new IdTable(4);
  const stored = new IdTable(3);
  for (let at = 0; at < ids.length; at += 2)
    stored.add(ids[at]!, ids[at + 1]!, ofTraces.add(lo[at]!, lo[at + 1]!, hi[at]!, hi[at + 1]!));
  return orphans.filter((row) => {
    const at = 2 * row;
    const trace = ofTraces.find(traceLo[at]!, traceLo[at + 1]!, traceHi[at]!, traceHi[at + 1]!);
    return trace !== -1 && stored.find(parentId[at]!, parentId[at + 1]!, trace) !== -1;
  });
}

function listed(ids: readonly bigint[]): string {
  return `[${[...new Set(ids)].join(',')}]`;
}
