import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import type { Signal } from '../wire/signal';
import type { StoreReader } from './reader/reader';
import { Store } from './store';

export interface TestStore {
  reader: StoreReader;
  /** Resolves when the request's rows are visible. */
  ingest(signal: Signal, request: Uint8Array): Promise<void>;
  ingestJson(signal: Signal, otlpJson: object): Promise<void>;
  /** As the store does now and then: what was ingested goes to the file. */
  checkpoint(): Promise<void>;
  /** Deletes all telemetry, as a user may. */
  clean(): Promise<void>;
  close(): Promise<void>;
}

/** The real store on a folder of its own, without the journal before it; for tests. */
export async function openTestStore(now: () => number = Date.now): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'watchtower-store-'));
  const store = await Store.open({ path: join(folder, 'telemetry.duckdb'), now });
  const ingest = async (signal: Signal, request: Uint8Array) => {
    store.decode(signal, request, crc32(request), now());
    await store.commit(null);
  };
  return {
    reader: store.reader,
    ingest,
    ingestJson: (signal, otlpJson) => ingest(signal, encodeOtlpJson(signal, otlpJson)),
    checkpoint: () => store.checkpoint(),
    clean: () => store.clean(now()),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
