import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { CommitListeners } from '../store/reader/commit-listeners';
import type { StoreReader } from '../store/reader/reader';
import { Store } from '../store/store';
import { createTempoApi } from '../tempo/create-tempo-api';
import { createLokiApi } from './create-loki-api';

let folder: string;
let store: Store;
let listeners: CommitListeners;
let opened = 0;

/** Stays the same when the store is opened anew, as that of the engine does. */
const reader: StoreReader = {
  get database() {
    return store.reader.database;
  },
  get dictionary() {
    return store.reader.dictionary;
  },
  get commits() {
    return store.reader.commits;
  },
  spanIndex: () => store.reader.spanIndex(),
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-reopened-'));
  listeners = new CommitListeners();
  await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Another database each time, whose ids and rows begin anew: as after damage. */
async function open(): Promise<void> {
  store = await Store.open({ path: join(folder, `${opened++}.duckdb`), now: Date.now, listeners });
}

async function ingest(key: string, severityText: string): Promise<void> {
  const timeUnixNano = String(BigInt(Date.now()) * 1_000_000n);
  const logRecords = [
    { timeUnixNano, severityText, body: { stringValue: 'x' }, attributes: [{ key, value: { stringValue: 'v' } }] },
  ];
  store.decode('logs', encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] }), opened, Date.now());
  await store.commit(null);
}

it('answers by what the database that is open now knows, also for keys and levels it learnt before', async () => {
  const { app } = createLokiApi(reader);
  const lines = async (query: string) => {
    const answer = await app.request(`/loki/api/v1/query_range?query=${encodeURIComponent(query)}`);
    const { data } = (await answer.json()) as { data: { result: { values: unknown[] }[] } };
    return data.result.reduce((sum, { values }) => sum + values.length, 0);
  };
  const all = '{service_name="unknown_service"}';
  await ingest('first.key', 'INFO');
  await ingest('second.key', 'WARN');
  expect(await lines(`${all} | first_key="v"`)).toBe(1);
  expect(await lines(`${all} | detected_level="warn"`)).toBe(1);
  await store.close();
  await open();
  await ingest('third.key', 'ERROR');
  expect(await lines(`${all} | third_key="v"`)).toBe(1);
  expect(await lines(`${all} | detected_level="error"`)).toBe(1);
});

it('keeps no listener of a database that is closed', async () => {
  const { app } = createTempoApi(reader);
  const counts: number[] = [];
  let listening = 0;
  const subscribe = listeners.subscribe.bind(listeners);
  listeners.subscribe = (listener) => {
    listening++;
    const unsubscribe = subscribe(listener);
    let ended = false;
    return () => {
      if (!ended) listening--;
      ended = true;
      unsubscribe();
    };
  };
  for (let i = 0; i < 5; i++) {
    await ingest('key', 'INFO');
    await app.request('/api/traces/0af7651916cd43dd8448eb211c80319c');
    await ingest('key', 'INFO');
    counts.push(listening);
    await store.close();
    await open();
  }
  expect(counts.at(-1)).toBe(counts[0]);
});
