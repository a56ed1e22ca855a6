import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeOtlpJson } from '../otlp/otlp-json';
import { DuckDatabase } from './duck-database';
import { Retention } from './retention';
import { Store } from './store';

/** Ends when it is interrupted. */
const ENDLESS = 'SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = -1';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-duck-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** As many as run at a time, and one more that waits. */
function occupy(database: { rows: DuckDatabase['rows'] }): () => Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const queries = [1, 2, 3].map(() => database.rows(ENDLESS, [], { signal }).catch(() => {}));
  return async () => {
    controller.abort();
    await Promise.all(queries);
  };
}

describe('while long queries hold every connection', () => {
  it('the store commits, measures, deletes what is too old and cleans', async () => {
    const store = await Store.open({ path: join(folder, 'telemetry.duckdb'), now: Date.now });
    const free = occupy(store.reader.database);
    const body = { stringValue: 'x' };
    const request = encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] });
    store.decode('logs', request, 1, Date.now());
    await store.commit(null);
    const limits = { maxAgeHours: 1, maxBytes: 2 ** 31 };
    const inAYear = () => Date.now() + 365 * 24 * 3_600_000;
    expect(await new Retention(store, folder, limits, inAYear).run()).toBe(true);
    expect(store.counts.logs).toBe(0);
    await store.writeDerived(await store.collectDerived());
    await store.clean(Date.now());
    expect(await store.oldestMs()).not.toBeNull();
    await free();
    await store.close();
  });

  it('one that waits gives up when its signal is aborted, and its turn goes to the next', async () => {
    const database = await DuckDatabase.open(join(folder, 'a.duckdb'));
    const free = occupy(database);
    const waits = new AbortController();
    const given = database.rows('SELECT 1 AS n', [], { signal: waits.signal });
    const next = database.rows<{ n: number }>('SELECT 2 AS n');
    waits.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await free();
    expect(await next).toEqual([{ n: 2 }]);
    database.close();
  });
});
