import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../faults/backoff';
import type { JournalRecord } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { JournalApplier } from './journal-applier';
import { Store } from './store';

let folder: string;
/** Of the pauses between tries to read. */
let clock: number;
let store: Store;
let applier: JournalApplier;
let unread: JournalRecord[];
let applied: JournalPosition[];
let failures: string[];
let stuck: (string | null)[];
/** What reading the journal fails with. */
let damaged: Error | null;
let reads: number;

/** A request with one span, and the position after it. */
function record(number: number): JournalRecord {
  const span = { traceId: '5b8efff798038103d269b633813fc60c', spanId: String(number).padStart(16, '0'), name: 'GET /' };
  const payload = encodeOtlpJson('traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const end = { segment: 1, position: number * 100 };
  return { signal: 'traces', receivedMs: 1_700_000_000_000, crc: crc32(payload), payload, end };
}

/** DuckDB's commits end when the promise is fulfilled, and fail when it is rejected. */
function holdCommits(until: () => Promise<void>): void {
  const stage = store.stage.bind(store);
  store.stage = async (position) => {
    const finish = await stage(position);
    return () => until().then(finish);
  };
}

beforeEach(async () => {
  clock = 0;
  folder = await mkdtemp(join(tmpdir(), 'watchtower-applier-'));
  store = await Store.open({ path: join(folder, 'telemetry.duckdb'), now: () => 1_700_000_000_000 });
  [unread, applied, failures, stuck, damaged, reads] = [[], [], [], [], null, 0];
  applier = new JournalApplier(
    store,
    {
      read: async () => {
        reads++;
        if (damaged) throw damaged;
        return unread.splice(0, 1);
      },
      end: () => ({ segment: 0, position: 0 }),
    },
    {
      onApplied: (position) => applied.push(position),
      onProblem: (_, problem) => failures.push(problem.message),
      onFailed: (error) => failures.push(error.message),
      onStuck: (error) => stuck.push(error?.message ?? null),
    },
    new Backoff({ firstMs: 1, lastMs: 100, now: () => clock, random: () => 1 }),
  );
});

afterEach(async () => {
  await applier.drain();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the applier', () => {
  it('decodes the next records while a commit is under way, and reports only what is committed', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begin = () => {};
    const committing = new Promise<void>((resolve) => {
      begin = resolve;
    });
    holdCommits(() => {
      begin();
      return held;
    });
    unread = [record(1)];
    applier.start();
    await committing;
    unread.push(record(2));
    applier.advanced();
    await expect.poll(() => store.waiting()).toBe(1);
    expect([applied, store.counts.spans, store.position()]).toEqual([[], 0, null]);

    release();
    await expect.poll(() => applied.at(-1)).toEqual({ segment: 1, position: 200 });
    expect(applied[0]).toEqual({ segment: 1, position: 100 });
    const rows = await store.reader.database.rows('SELECT seq, span_id FROM spans ORDER BY seq');
    expect(rows).toEqual([
      { seq: 1n, span_id: 1n },
      { seq: 2n, span_id: 2n },
    ]);
    expect([store.counts.spans, failures]).toEqual([2, []]);
  });

  it('runs other work on the store when nothing waits and no commit is under way', async () => {
    unread = [record(1), record(2)];
    applier.start();
    const seen = await applier.schedule(async () => [store.counts.spans, store.waiting(), store.spanSeq.value()]);
    expect(seen).toEqual([Number(seen[2]) - 1, 0, seen[2]]);
  });

  it('ends with the failure of a commit, also when nothing more arrives', async () => {
    holdCommits(() => Promise.reject(new Error('no space left on device')));
    unread = [record(1)];
    applier.start();
    await expect.poll(() => failures).toEqual(['no space left on device']);
    expect([applied, store.position()]).toEqual([[], null]);
    await expect(applier.schedule(async () => 1)).rejects.toThrow('no space left');
  });

  it('waits where the journal cannot be read, whatever arrives, does other work, and goes on by itself', async () => {
    unread = [record(1)];
    applier.start();
    await expect.poll(() => applied).toHaveLength(1);
    damaged = new Error('no space to set it aside');
    applier.advanced();
    await expect.poll(() => stuck).toEqual([null, 'no space to set it aside']);
    const before = reads;
    for (let arrived = 0; arrived < 10; arrived++) {
      applier.advanced();
      expect(await applier.schedule(async () => store.counts.spans)).toBe(1);
    }
    expect([reads, applier.isCaughtUp()]).toEqual([before, false]);
    damaged = null;
    unread = [record(2)];
    clock = 1;
    await expect.poll(() => applied).toHaveLength(2);
    expect([stuck.at(-1), failures, applier.isCaughtUp()]).toEqual([null, [], true]);
  });

  it('reads nothing for as long as it is told to hold, and does other work', async () => {
    unread = [record(1)];
    applier.start(3_600_000);
    expect(await applier.schedule(async () => store.counts.spans)).toBe(0);
    applier.advanced();
    expect(await applier.schedule(async () => reads)).toBe(0);
    expect(applier.isHeld()).toBe(true);
  });

  it('ends at once with what is under way when it is abandoned', async () => {
    unread = [record(1)];
    applier.start(3_600_000);
    await applier.abandon();
    expect([reads, failures]).toEqual([0, []]);
    await expect(applier.schedule(async () => 1)).rejects.toThrow('was closed');
  });
});
