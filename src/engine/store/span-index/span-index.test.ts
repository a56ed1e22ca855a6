import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdListColumn } from '../duck/column';
import { DuckDatabase } from '../duck/duck-database';
import { IdSet } from '../reader/id-set';
import { rowsOf } from '../reader/row-bits';
import { TABLES } from '../tables/schema';
import { BLOCK_ROWS } from './open-block';
import { SpanIndex } from './span-index';

let folder: string;
let database: DuckDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'span-index-'));
  database = await DuckDatabase.open(join(folder, 'test.duckdb'));
  await database.run(TABLES);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const openIndex = (next: bigint) =>
  new SpanIndex(join(folder, 'span-index'), database, { spanSeq: next, attributeId: 1 });

/** An id that every row has, some that many have, and one for every third row alone. */
function idsOf(row: number): number[] {
  return [7, 10 + (row % 3), 100 + (row % 90), ...(row % 3 === 0 ? [1000 + row] : [])];
}

function columnOf(lists: readonly (readonly number[])[]): IdListColumn {
  const column = new IdListColumn();
  column.reserve(lists.length);
  lists.forEach((ids, row) => {
    for (const id of ids) column.push(id);
    column.ends[row] = column.count;
  });
  return column;
}

function seqsWith(index: SpanIndex, ids: readonly number[]): number[] {
  const set = new IdSet(Uint32Array.from(ids).sort());
  const seqs = index
    .indexed()
    .flatMap((block) => [...rowsOf(block.rowsWith(set))].map((row) => Number(block.from) + row));
  return seqs.sort((a, b) => a - b);
}

function expected(from: number, to: number, ids: readonly number[]): number[] {
  const rows = Array.from({ length: to - from }, (_, row) => from + row);
  return rows.filter((row) => idsOf(row).some((id) => ids.includes(id)));
}

test('the rows of any ids are found, in blocks on the disk and in the open one', async () => {
  const index = openIndex(0n);
  const rows = 2 * BLOCK_ROWS + 500;
  index.add(columnOf(Array.from({ length: rows }, (_, row) => idsOf(row))), 0n, 0, rows);
  expect(index.indexed()).toHaveLength(3);
  const many = Array.from({ length: 300 }, (_, at) => 1000 + at * 99);
  for (const ids of [[7], [11], [142], [1000], [1000 + 3 * 9000], [100, 12, 1003], many, [5], [4_000_000]]) {
    expect(seqsWith(index, ids), String(ids.slice(0, 3))).toEqual(expected(0, rows, ids));
  }
  await index.close();
});

test('any lists of ids, in any portions, are found as a plain search finds them', async () => {
  const lists = fc.array(fc.array(fc.oneof(fc.nat(20), fc.nat(3000)), { maxLength: 12 }), { maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.array(fc.nat(3000), { minLength: 1, maxLength: 40 }),
      fc.nat(400),
      async (rows, ids, cut) => {
        const index = openIndex(50n);
        const split = Math.min(cut, rows.length);
        const column = columnOf(rows);
        index.add(column, 50n, 0, split);
        // A gap in the numbers ends the block.
        index.add(columnOf(rows.slice(split)), 60n + BigInt(split), 0, rows.length - split);
        const found = rows.flatMap((list, row) =>
          list.some((id) => ids.includes(id)) ? [row + (row < split ? 50 : 60)] : [],
        );
        expect(seqsWith(index, [...new Set(ids)])).toEqual(found);
        await index.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('rows of before the start are indexed once a query asks, the newest first', async () => {
  const rows = BLOCK_ROWS + 3000;
  await database.run(
    `INSERT INTO spans (seq, attributes) SELECT range, [7, 10 + range % 3, 100 + range % 90] FROM range(1, ${rows})`,
  );
  const index = openIndex(BigInt(rows));
  expect(seqsWith(index, [142])).toEqual([]);
  const old = Array.from({ length: rows - 1 }, (_, at) => at + 1).filter((seq) => seq % 90 === 42);
  await vi.waitUntil(() => seqsWith(index, [142]).length === old.length, { timeout: 20_000 });
  expect(seqsWith(index, [142])).toEqual(old);
  expect(index.indexed().map(({ from }) => Number(from))).toEqual([rows, rows - 1024, rows - 1024 - BLOCK_ROWS, 0]);
  await index.close();
}, 30_000);

test('what retention has deleted is forgotten, and nothing stays on the disk at the end', async () => {
  const index = openIndex(0n);
  const rows = 70 * BLOCK_ROWS;
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    index.add(columnOf(Array.from({ length: BLOCK_ROWS }, () => [3])), BigInt(from), 0, BLOCK_ROWS);
  }
  expect(readdirSync(join(folder, 'span-index'))).toHaveLength(2);
  index.forget(BigInt(66 * BLOCK_ROWS));
  expect(readdirSync(join(folder, 'span-index'))).toHaveLength(1);
  expect(seqsWith(index, [3])[0]).toBe(66 * BLOCK_ROWS);
  await index.close();
  expect(readdirSync(folder)).not.toContain('span-index');
});

test('where the folder cannot be written, rows are left out and nothing fails', async () => {
  const index = openIndex(0n);
  writeFileSync(join(folder, 'span-index'), '');
  index.add(columnOf(Array.from({ length: BLOCK_ROWS + 10 }, () => [3])), 0n, 0, BLOCK_ROWS + 10);
  expect(seqsWith(index, [3])).toEqual(Array.from({ length: 10 }, (_, row) => BLOCK_ROWS + row));
  await index.close();
});
