import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databasePath } from '../data-folder/database-path';
import { MARK_BYTES } from '../journal/lineage';
import { openJournalWriter } from '../journal/open-journal-writer';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { CommitListeners } from './reader/commit-listeners';
import { StoreSession } from './store-session';

let dataDir: string;
let time: number;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-session-'));
  time = Date.now();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('writes to its database at rest when something arrived, and nothing before', async () => {
  const applied: number[] = [];
  const events = {
    onApplied: ({ position }: { position: number }) => void applied.push(position),
    onProblem: () => {},
    onStuck: () => {},
    onFailed: () => {},
    onWorked: () => {},
  };
  const journal = openJournalWriter(dataDir, () => session?.journalAdvanced(), { reserveBytes: 0 });
  const session: StoreSession = await StoreSession.open({
    dataDir,
    limits: { maxAgeHours: 72, maxBytes: 2 ** 31 },
    events,
    listeners: new CommitListeners(),
    now: () => time,
    keptFrom: () => 1,
    holdMs: 0,
  });
  const bytes = () => statSync(databasePath(dataDir)).size;
  const rest = async () => {
    time += 10_000;
    await session.maintain(null);
  };
  session.journalAdvanced();
  await expect.poll(() => applied).toContain(MARK_BYTES);
  const empty = bytes();
  await rest();
  expect(bytes()).toBe(empty);

  const before = applied.length;
  const logRecords = [{ timeUnixNano: String(BigInt(time) * 1_000_000n), body: { stringValue: 'first' } }];
  await journal.append('logs', encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
  await expect.poll(() => applied.length).toBeGreaterThan(before);
  await rest();
  expect(bytes()).toBeGreaterThan(empty);
  await session.drain();
  await journal.close();
});
