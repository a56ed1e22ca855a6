import type { DuckDatabase } from '../duck/duck-database';
import type { StoredResource } from '../reader/reader';
import { UNFINISHED } from '../reader/span-times';
import type { UnfinishedSpans } from './unfinished-spans';

/** An unfinished span that arrives after the finished one is looked for among so many rows before it. */
const LOOKED_BACK = 200_000n;

/**
 * Deletes, inside the transaction that the writer has open, unfinished spans whose place a finished one has. Answers how
 * many rows these were. Rejects with DuckDB's error.
 */
export async function supersedeSpans(
  database: DuckDatabase,
  unfinished: UnfinishedSpans,
  resources: ReadonlyMap<number, StoredResource>,
): Promise<number> {
  const { arrived, superseded } = unfinished.take();
  const late = arrived.length > 0 ? await findLate(database, arrived, resources) : [];
  const gone = [...new Set([...superseded, ...late])];
  if (gone.length === 0) return 0;
  const list = gone.map((seq) => `${seq}::UBIGINT`).join(',');
  for (const table of ['span_events', 'span_links', 'span_sent_times']) {
    await database.run(`DELETE FROM ${table} WHERE span_seq IN (${list})`);
  }
  await database.run(`DELETE FROM spans WHERE seq IN (${list})`);
  return gone.length;
}

/** Those of the rows whose finished span was there before them. */
async function findLate(
  database: DuckDatabase,
  arrived: readonly bigint[],
  resources: ReadonlyMap<number, StoredResource>,
): Promise<bigint[]> {
  const first = arrived[0]! > LOOKED_BACK ? arrived[0]! - LOOKED_BACK : 0n;
  const { rowCount, columns } = await database.writtenColumns(
    `WITH late AS MATERIALIZED (
       SELECT seq, trace_hi, trace_lo, span_id, kind, resource FROM spans
       WHERE seq >= ${arrived[0]}::UBIGINT AND times & ${UNFINISHED} <> 0)
     SELECT late.seq, late.resource, f.resource FROM spans f JOIN late USING (trace_lo, trace_hi, span_id, kind)
     WHERE f.seq >= ${first}::UBIGINT AND f.times & ${UNFINISHED} = 0`,
  );
  const [seq, own, finished] = columns as [BigUint64Array, Uint32Array, Uint32Array];
  const isOfOne = (row: number) => resources.get(own[row]!)?.service === resources.get(finished[row]!)?.service;
  return Array.from({ length: rowCount }, (_, row) => row)
    .filter(isOfOne)
    .map((row) => seq[row]!);
}
