import type { DuckDatabase } from './duck-database';
import type { UnfinishedSpans } from './unfinished-spans';

/** An unfinished span that arrives after the finished one is looked for among so many rows before it. */
const LOOKED_BACK = 200_000n;

/**
 * Deletes, inside the transaction that the writer has open, unfinished spans whose place a finished one has. Answers how
 * many rows these were. Rejects with DuckDB's error.
 */
export async function supersedeSpans(database: DuckDatabase, unfinished: UnfinishedSpans): Promise<number> {
  const { arrived, superseded } = unfinished.take();
  const late = arrived.length > 0 ? await findLate(database, arrived) : [];
  const gone = [...new Set([...superseded, ...late])];
  if (gone.length === 0) return 0;
  const list = gone.map((seq) => `${seq}::UBIGINT`).join(',');
  for (const table of ['span_events', 'span_links']) {
    await database.run(`DELETE FROM ${table} WHERE span_seq IN (${list})`);
  }
  await database.run(`DELETE FROM spans WHERE seq IN (${list})`);
  return gone.length;
}

/** Those of the rows whose finished span was there before them. */
async function findLate(database: DuckDatabase, arrived: readonly bigint[]): Promise<readonly bigint[]> {
  const first = arrived[0]! > LOOKED_BACK ? arrived[0]! - LOOKED_BACK : 0n;
  const { columns } = await database.writtenColumns(
    `SELECT DISTINCT u.seq FROM spans u
     JOIN spans f ON f.trace_lo = u.trace_lo AND f.trace_hi = u.trace_hi AND f.span_id = u.span_id AND f.kind = u.kind
     JOIN resources ur ON ur.id = u.resource JOIN resources fr ON fr.id = f.resource AND fr.service = ur.service
     WHERE u.seq >= ${arrived[0]}::UBIGINT AND u.times >= 2 AND u.sent_end_ns = 0
       AND f.seq >= ${first}::UBIGINT AND NOT (f.times >= 2 AND f.sent_end_ns = 0)`,
  );
  return [...(columns[0] as BigUint64Array)];
}
