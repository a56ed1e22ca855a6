import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDatabase } from '../../store/duck/duck-database';
import { CommitListeners } from '../../store/reader/commit-listeners';
import type { StoreReader } from '../../store/reader/reader';
import { TABLES } from '../../store/tables/schema';
import { TraceBlocks } from './trace-blocks';

const BLOCK = 16_384;
/** Scatters small numbers over 64 bits. */
const SCATTERED = '(seq // 8 * 11400714819323198485::UHUGEINT % 18446744073709551616::UHUGEINT)::UBIGINT';
const folder = mkdtempSync(join(tmpdir(), 'trace-blocks-'));
let database: DuckDatabase;
let reader: StoreReader;
const commits = new CommitListeners();

async function addSpans(from: number, to: number): Promise<void> {
  await database.run(
    `INSERT INTO spans (seq, trace_lo, duration_ns) SELECT seq, ${SCATTERED}, 1 FROM (SELECT range::UBIGINT AS seq FROM range(${from}, ${to}))`,
  );
  commits.publish({ spans: { from: BigInt(from), to: BigInt(to) }, logs: { from: 1n, to: 1n } });
}

async function lowHalfAt(seq: number): Promise<bigint> {
  const [row] = await database.rows<{ lo: bigint }>(`SELECT trace_lo AS lo FROM spans WHERE seq = ${seq}`);
  return row!.lo;
}

function holds(ranges: readonly { from: bigint; to: bigint | undefined }[], seq: number): boolean {
  return ranges.some(({ from, to }) => from <= seq && (to === undefined || seq < to));
}

beforeAll(async () => {
  database = await DuckDatabase.open(join(folder, 'test.duckdb'));
  await database.run(TABLES);
  const index = {};
  reader = { database, commits, spanIndex: () => index } as unknown as StoreReader;
  await addSpans(1, 6 * BLOCK + 100);
}, 60_000);
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

test('every row of a trace lies in a range, also while filters are missing and after more rows have come', async () => {
  const blocks = TraceBlocks.of(reader);
  const seqs = [1, BLOCK - 1, BLOCK, 3 * BLOCK + 7, 6 * BLOCK - 1, 6 * BLOCK + 50];
  for (let round = 0; round < 3; round++) {
    for (const seq of seqs) expect(holds(await blocks.rangesOf([await lowHalfAt(seq)], {}), seq)).toBe(true);
    await addSpans(6 * BLOCK + 100 + round * BLOCK, 6 * BLOCK + 100 + (round + 1) * BLOCK);
    seqs.push(6 * BLOCK + 100 + round * BLOCK + 1);
  }
}, 60_000);

test('most blocks without a row of the trace are left out', async () => {
  const ranges = await TraceBlocks.of(reader).rangesOf([await lowHalfAt(3 * BLOCK + 7)], {});
  const left = [0, 1, 2, 4, 5, 7].filter((block) => !holds(ranges, block * BLOCK + 9));
  expect(left.length).toBeGreaterThanOrEqual(5);
});

test('rows that come after the ranges were told lie in the last one', async () => {
  const ranges = await TraceBlocks.of(reader).rangesOf([1n], {});
  expect(ranges.at(-1)?.to).toBeUndefined();
});

test('of a block only those ids are asked that it may hold, of rows without a filter all', async () => {
  const blocks = TraceBlocks.of(reader);
  const ids = await Promise.all([3 * BLOCK + 7, 5 * BLOCK + 7, 1].map(lowHalfAt));
  for (let more = true; more; ) more = await blocks.lookAhead(new AbortController().signal);
  const block = (at: number, to: number | undefined) => ({
    from: BigInt(at * BLOCK),
    to: to === undefined ? undefined : BigInt(to * BLOCK),
  });
  expect(blocks.heldIn(block(3, 4), ids)).toEqual([ids[0]]);
  expect(blocks.heldIn(block(3, 6), ids)).toEqual([ids[0], ids[1]]);
  expect(blocks.heldIn(block(3, undefined), ids)).toEqual(ids);
});

test('old blocks get their filters ahead of any question, also while each question finds a new block without one', async () => {
  const opened = {};
  const fresh = TraceBlocks.of({ database, commits, spanIndex: () => opened } as unknown as StoreReader);
  const { signal } = new AbortController();
  let rows = 0;
  const [next] = await database.rows<{ last: bigint }>('SELECT max(seq) AS last FROM spans');
  const from = Number(next!.last) + 1;
  // More blocks than one stretch reads.
  for (let round = 0; round < 2; round++, rows += BLOCK) {
    await addSpans(from + rows, from + rows + BLOCK);
    await fresh.lookAhead(signal);
  }
  const old = { from: 0n, to: BigInt(BLOCK) };
  const elsewhere = await lowHalfAt(3 * BLOCK + 7);
  expect(fresh.heldIn(old, [elsewhere])).toEqual([]);
});
