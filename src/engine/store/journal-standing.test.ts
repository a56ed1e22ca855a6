import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/problem';
import { databasePath } from '../data-folder/database-path';
import { journalFolder, listSegments, segmentPath } from '../journal/journal-format';
import type { JournalWriter } from '../journal/journal-writer-port';
import { openJournalWriter } from '../journal/open-journal-writer';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { type RunningStore, runStore } from './run-store';

interface Engine {
  send(count: number): Promise<void>;
  stored(): Promise<number>;
  /** Ends as by a kill: nothing is applied or checkpointed any more. */
  stop(): Promise<void>;
  journal: JournalWriter;
  store: RunningStore;
}

let dataDir: string;
let problems: Problem[];
let sent: number;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-standing-'));
  problems = [];
  sent = 0;
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const folder = () => journalFolder(dataDir);
/** What the store says of other things, as of a disk with little space, is not what is tried here. */
const kinds = () => problems.map(({ kind }) => kind).filter((kind) => /^(journal|telemetry)-/.test(kind));

async function start(segmentBytes = 2000, now = Date.now): Promise<Engine> {
  let store: RunningStore | undefined;
  const journal = openJournalWriter(dataDir, () => store?.journalAdvanced(), { reserveBytes: 0, segmentBytes });
  const onApplied = journal.applied.bind(journal);
  const onProblem = (_: string, problem: Problem) => problems.push(problem);
  const events = { onApplied, onProblem, onSolved: () => {}, onStats: () => {} };
  store = await runStore(dataDir, { maxAgeHours: 72, maxBytes: 2 ** 31 }, events, now);
  store.journalAdvanced();
  const running = store;
  return {
    journal,
    store: running,
    send: async (count) => {
      for (let i = 0; i < count; i++) await journal.append('logs', log(sent++));
    },
    stored: async () => {
      const [row] = await running.reader.database.rows<{ n: bigint }>('SELECT count(*) AS n FROM logs');
      return Number(row!.n);
    },
    stop: async () => {
      await running.drain();
      await journal.close();
    },
  };
}

function log(number: number): Uint8Array {
  const body = { stringValue: `line ${number}` };
  return encodeOtlpJson('logs', {
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: String(1000 + number), body }] }] }],
  });
}

async function expectStored(engine: Engine, count: number): Promise<void> {
  await expect.poll(engine.stored).toBe(count);
}

/** An engine that has stored 100 lines in several segments, and is gone. */
async function fill(): Promise<void> {
  const engine = await start();
  await engine.send(100);
  await expectStored(engine, 100);
  await engine.stop();
}

/** What a start from the files as they are now would bring. */
async function storedAfterKill(): Promise<number> {
  const running = dataDir;
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-standing-'));
  cpSync(running, dataDir, { recursive: true });
  try {
    await (await start()).stop();
    const again = await start();
    const count = await again.stored();
    await again.stop();
    return count;
  } finally {
    rmSync(dataDir, { recursive: true });
    dataDir = running;
  }
}

describe('a journal that does not fit its database', () => {
  it('deleted while the engine is down: said, and not that anything is missing; what is sent then is stored', async () => {
    await fill();
    rmSync(folder(), { recursive: true });
    for (const total of [200, 300, 400]) {
      const engine = await start();
      await engine.send(100);
      await expectStored(engine, total);
      await expect.poll(() => engine.journal.backlogBytes()).toBe(0);
      await engine.stop();
    }
    expect(kinds()).toEqual(['journal-deleted']);
  });

  it.each(['from a run that was killed', 'with lines that the database did not take'])(
    'deleted %s: telemetry may be missing, which is said',
    async (how) => {
      await fill();
      const engine = await start();
      if (how.includes('lines')) await engine.store.drain();
      await engine.send(10);
      if (how.includes('killed')) await expectStored(engine, 110);
      // A killed writer writes nothing at its end.
      const killed = readFileSync(join(dataDir, 'journal.json'));
      if (how.includes('killed')) await engine.store.drain();
      await engine.journal.close();
      if (how.includes('killed')) writeFileSync(join(dataDir, 'journal.json'), killed);
      rmSync(folder(), { recursive: true });
      const next = await start();
      await next.send(100);
      await expectStored(next, how.includes('killed') ? 210 : 200);
      await next.stop();
      expect(kinds()).toEqual(['telemetry-missing']);
    },
  );

  it('deleted with all that remembers it', async () => {
    await fill();
    rmSync(folder(), { recursive: true });
    rmSync(join(dataDir, 'journal.json'));
    for (const total of [200, 300]) {
      const engine = await start();
      await engine.send(100);
      await expectStored(engine, total);
      await engine.stop();
    }
    expect(kinds()).toEqual(['journal-replaced']);
  });

  it('its newest segment deleted, and older ones kept for a destination', async () => {
    const first = await start();
    first.store.keepJournal(1);
    await first.send(100);
    await expectStored(first, 100);
    await first.stop();
    const newest = listSegments(folder()).at(-1)!.segment;
    expect(newest).toBeGreaterThan(2);
    rmSync(segmentPath(folder(), newest));
    const engine = await start();
    await engine.send(100);
    await expectStored(engine, 200);
    await engine.stop();
    expect(kinds()).toEqual(['journal-deleted']);
  });

  it('beside the database of another machine, whose journal was longer', async () => {
    await fill();
    const other = dataDir;
    dataDir = mkdtempSync(join(tmpdir(), 'watchtower-standing-'));
    const here = await start();
    await here.send(7);
    await expectStored(here, 7);
    // 50 more that the database here does not take any more.
    await here.store.drain();
    await here.send(50);
    await here.journal.close();
    cpSync(databasePath(other), databasePath(dataDir));
    rmSync(other, { recursive: true });
    const engine = await start();
    await expectStored(engine, 100 + 7 + 50);
    await engine.send(10);
    await expectStored(engine, 167);
    await engine.stop();
    expect(kinds()).toEqual(['journal-replaced']);
  });

  it('newer than a database that was put back from a copy: what is missing is said, the rest is stored', async () => {
    await fill();
    const copy = join(dataDir, 'copy');
    cpSync(databasePath(dataDir), copy);
    const between = await start();
    await between.send(100);
    await expectStored(between, 200);
    await between.stop();
    cpSync(copy, databasePath(dataDir));
    const engine = await start();
    await engine.send(50);
    await expect.poll(engine.stored).toBeGreaterThanOrEqual(150);
    await engine.stop();
    expect(kinds()).toEqual(['telemetry-missing']);
  });

  it('shorter than the database remembers: what comes then is stored', async () => {
    await fill();
    for (const { segment } of listSegments(folder())) truncateSync(segmentPath(folder(), segment), 50);
    const engine = await start();
    await engine.send(100);
    await expectStored(engine, 200);
    await engine.stop();
  });

  it('removed under the running engine: noticed, and all that is acknowledged survives a kill', async () => {
    // Time stands still: no checkpoint is due for that nothing arrives.
    const began = Date.now();
    const engine = await start(2 ** 20, () => began);
    await engine.send(100);
    await expectStored(engine, 100);
    rmSync(folder(), { recursive: true });
    await engine.send(100);
    await expectStored(engine, 200);
    await expect.poll(storedAfterKill).toBe(200);
    await engine.stop();
  });

  it('deletes no segment that it has not read', async () => {
    await fill();
    rmSync(folder(), { recursive: true });
    rmSync(join(dataDir, 'journal.json'));
    const writer = openJournalWriter(dataDir, () => {}, { reserveBytes: 0, segmentBytes: 2000 });
    for (let i = 0; i < 100; i++) await writer.append('logs', log(sent++));
    await writer.close();
    expect(readdirSync(folder()).length).toBeGreaterThan(2);
    const engine = await start();
    await expectStored(engine, 200);
    await engine.stop();
  });
});
