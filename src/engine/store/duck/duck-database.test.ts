import { pbkdf2 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import type { Database, StoreReader } from '../reader/reader';
import { Retention } from '../retention';
import { Store } from '../store';
import { DuckDatabase } from './duck-database';

/** Ends when it is interrupted. */
const ENDLESS = 'SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = -1';

let folder: string;
/** Ends what a test that failed has left. */
let ending: AbortController;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-duck-'));
  ending = new AbortController();
});

afterEach(() => {
  ending.abort();
  rmSync(folder, { recursive: true });
});

/** As many as run at a time, and one more that waits. `ended` counts those that have. */
function occupy(database: Database): { free(): Promise<void>; ended(): number } {
  const { signal } = ending;
  let ended = 0;
  const queries = [1, 2, 3].map(() =>
    database.rows(ENDLESS, [], { signal }).catch(() => {
      ended++;
    }),
  );
  const free = async () => {
    ending.abort();
    await Promise.all(queries);
  };
  return { free, ended: () => ended };
}

function logRequest(): Uint8Array {
  const attributes = [{ key: 'k', value: { stringValue: 'x' } }];
  return encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes }] }] }] });
}

/** Everything that libuv's threads can do at a time, and more. */
function occupyThreads(): Promise<unknown> {
  return Promise.all(Array.from({ length: 16 }, () => promisify(pbkdf2)('', '', 20_000, 32, 'sha512')));
}

describe('while long queries hold every connection of an API', () => {
  it('the store commits, measures, deletes what is too old and cleans', async () => {
    const store = await Store.open({ path: join(folder, 'telemetry.duckdb'), now: Date.now });
    const { free, ended } = occupy(store.lanes.tempo.database);
    store.decode('logs', logRequest(), 1, Date.now());
    await store.commit(null);
    const limits = { maxAgeHours: 1, maxBytes: 2 ** 31 };
    const inAYear = () => Date.now() + 365 * 24 * 3_600_000;
    expect(await new Retention(store, folder, limits, inAYear).run()).toBe(true);
    expect(store.counts.logs).toBe(0);
    await store.writeDerived(await store.collectDerived());
    await store.clean(Date.now());
    expect(await store.oldestMs()).not.toBeNull();
    expect(ended()).toBe(0);
    await free();
    await store.close();
  });

  it.each(['tempo', 'loki', 'prometheus', 'findings', 'export'] as const)(
    'the other APIs read what was committed meanwhile, with its attributes, and %s does once they are aborted',
    async (held) => {
      const store = await Store.open({ path: join(folder, 'telemetry.duckdb'), now: Date.now });
      const { free, ended } = occupy(store.lanes[held].database);
      store.decode('logs', logRequest(), 1, Date.now());
      await store.commit(null);
      const read = async ({ database, dictionary }: StoreReader) => {
        const [row] = await database.rows<{ id: number }>('SELECT unnest(attributes) AS id FROM logs');
        return (await dictionary.attributes([row!.id])).get(row!.id)?.text;
      };
      const { [held]: own, ...others } = store.lanes;
      for (const reader of Object.values<StoreReader>(others)) expect(await read(reader)).toBe('x');
      expect(ended()).toBe(0);
      await free();
      expect(await read(own)).toBe('x');
      await store.close();
    },
  );

  it('one that waits gives up when its signal is aborted, and its turn goes to the next', async () => {
    const database = await DuckDatabase.open(join(folder, 'a.duckdb'));
    const lane = database.lanes.loki;
    const { free } = occupy(lane);
    const waits = new AbortController();
    const given = lane.rows('SELECT 1 AS n', [], { signal: waits.signal });
    const next = lane.rows<{ n: number }>('SELECT 2 AS n');
    waits.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await free();
    expect(await next).toEqual([{ n: 2 }]);
    database.close();
  });
});

it.each([
  ['', ENDLESS, []],
  [' with parameters', `${ENDLESS} + $1::BIGINT`, [0]],
])('ends a statement%s that was aborted before a thread had begun it', async (_, sql, parameters) => {
  const database = await DuckDatabase.open(join(folder, 'a.duckdb'));
  const lane = database.lanes.prometheus;
  // Opens the connections.
  await Promise.all([lane.rows('SELECT 1'), lane.rows('SELECT 1')]);
  const { signal } = ending;
  const threads = occupyThreads();
  const queries = [1, 2].map(() => lane.rows(sql, parameters, { signal }));
  await nextTurn();
  ending.abort(new Error('enough'));
  expect((await Promise.allSettled(queries)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await lane.rows('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await threads;
  database.close();
});

it('reads columns of many chunks as they are, of every kind', async () => {
  const database = await DuckDatabase.open(join(folder, 'a.duckdb'));
  const count = 5000;
  const { rowCount, columns } = await database.columns(
    `SELECT range::UINTEGER, range::BIGINT, range / 2, CASE WHEN range % 3 > 0 THEN 'row ' || range END,
       [range::UINTEGER, 7], range % 2 = 0 FROM range(${count}) ORDER BY range`,
  );
  const numbers = Array.from({ length: count }, (_, number) => number);
  expect(rowCount).toBe(count);
  expect(columns).toEqual([
    Uint32Array.from(numbers),
    BigInt64Array.from(numbers.map(BigInt)),
    Float64Array.from(numbers.map((number) => number / 2)),
    numbers.map((number) => (number % 3 > 0 ? `row ${number}` : null)),
    numbers.map((number) => [number, 7]),
    Uint8Array.from(numbers.map((number) => 1 - (number % 2))),
  ]);
  database.close();
});

it('tells how many rows there are before it makes room for them, and goes on after a query that was refused them', async () => {
  const database = await DuckDatabase.open(join(folder, 'telemetry.duckdb'));
  const before = process.memoryUsage().arrayBuffers;
  const refuse = (rowCount: number) => {
    throw new RangeError(`no room for ${rowCount} rows`);
  };
  const query = database.columns('SELECT range::DOUBLE FROM range(3000000)', [], { admit: refuse });
  await expect(query).rejects.toThrow('no room for 3000000 rows');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  const told: number[] = [];
  const { rowCount } = await database.columns('SELECT * FROM range(5000)', [], { admit: (count) => told.push(count) });
  expect([rowCount, told]).toEqual([5000, [5000]]);
  database.close();
});

it('reads texts as strings and as bytes, short ones and long ones, NULL and many chunks of them', async () => {
  const database = await DuckDatabase.open(join(folder, 'a.duckdb'));
  const lane = database.lanes.loki;
  const sql = `SELECT CASE WHEN i % 7 = 3 THEN NULL WHEN i = 4000 THEN repeat('long ', 500000) ELSE repeat('ä', (i * 7 % 40)::BIGINT) || i END FROM range(9000) t(i) ORDER BY i`;
  const strings = (await lane.columns(sql)).columns[0] as (string | null)[];
  const { rowCount, columns, texts } = await lane.columns(sql, [], { flatTexts: true });
  expect([rowCount, columns]).toEqual([9000, []]);
  const { bytes, starts, ends } = texts![0]!;
  for (let i = 0; i < rowCount; i++) {
    const expected = i === 4000 ? 'long '.repeat(500_000) : 'ä'.repeat((i * 7) % 40) + i;
    if (strings[i] !== (i % 7 === 3 ? null : expected)) throw new Error(`string ${i}`);
    const text = bytes.toString('utf8', starts[i], ends[i]);
    if (text !== (i % 7 === 3 ? '' : expected)) throw new Error(`bytes ${i}`);
  }
  expect((await lane.columns(`${sql} LIMIT 0`, [], { flatTexts: true })).texts![0]!.bytes).toHaveLength(0);
  database.close();
});
