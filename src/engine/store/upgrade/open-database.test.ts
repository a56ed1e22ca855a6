import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFormat, writeFormat } from '../../data-folder/format-file';
import { FORMAT_VERSION } from '../../data-folder/format-version';
import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { DuckDatabase } from '../duck/duck-database';
import { openOrRecoverStore } from '../recover-store';
import { runStore } from '../run-store';
import { Store } from '../store';
import { FORMAT_1_TABLES } from './format-1-tables';
import { openDatabase } from './open-database';
import { UPGRADE_STEPS } from './upgrade-steps';

const LOAD = fileURLToPath(new URL('../upgrade-load.ts', import.meta.url));
const LOGS = 5000;

let dataDir: string;
let path: string;
let backup: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-upgrade-'));
  path = join(dataDir, 'telemetry.duckdb');
  backup = join(dataDir, 'backup', 'telemetry-format-1.duckdb');
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function write(...statements: string[]): Promise<void> {
  const database = await DuckDatabase.open(path);
  for (const statement of statements) await database.run(statement);
  await database.run('CHECKPOINT store');
  database.close();
}

/** A data folder as the first version left it. */
async function writeFormat1(): Promise<void> {
  await write(
    FORMAT_1_TABLES,
    `INSERT INTO logs SELECT i, 1, 1, 9, 0, 0, 'line ' || i, 1, 0, 0, 0, 0, 0, 0, [1, 2], 0 FROM range(1, ${LOGS + 1}) r(i)`,
    `INSERT INTO spans SELECT i, 1, i, i, 0, 5, 5, 1, 2, 0, 0, 0, 0, 1, 1, [1], 0, 0, 0, 0, 0 FROM range(1, 11) r(i)`,
    `INSERT INTO strings VALUES (1, 'GET /')`,
    `INSERT INTO attributes VALUES (1, 'a', 1, 'x', NULL, NULL), (2, 'b', 3, '7', 7, NULL)`,
    `INSERT INTO resources VALUES (1, 'shop', [1], 0, 0)`,
    `INSERT INTO scopes VALUES (1, 'lib', '1', [2], 0, 0)`,
    `INSERT INTO series VALUES (1, 'up', ['job', 'shop'])`,
    `INSERT INTO samples VALUES (1, 1000, 1.5)`,
    `INSERT INTO journal_position VALUES (3, 77)`,
  );
  writeFormat(dataDir, 1);
}

/** Tables and columns with everything about them that a statement could notice. */
async function describeTables(database: DuckDatabase): Promise<object[]> {
  return database.rows(
    `SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default
       FROM information_schema.columns WHERE table_catalog = 'store' ORDER BY table_name, ordinal_position`,
  );
}

async function expectEverythingKept(store: Store): Promise<void> {
  expect(store.counts).toEqual({ spans: 10, logs: LOGS, points: 1 });
  expect(store.position()).toEqual({ segment: 3, position: 77 });
  expect([...store.reader.dictionary.series().values()]).toMatchObject([{ id: 1, name: 'up' }]);
  const [row] = await store.reader.database.rows<{ body: string }>('SELECT body FROM logs WHERE seq = 4711');
  expect(row).toEqual({ body: 'line 4711' });
}

describe('a database of an older format', () => {
  it('has the very tables of a new one after its upgrade', async () => {
    await writeFormat1();
    const upgraded = await openDatabase(path);
    const fresh = await openDatabase(join(dataDir, 'fresh.duckdb'));
    const [one, other] = [await describeTables(upgraded), await describeTables(fresh)];
    upgraded.close();
    fresh.close();
    expect(one.length).toBeGreaterThan(100);
    expect(one).toEqual(other);
  });

  it('of the second format keeps the times that spans were sent with, and knows the unfinished ones', async () => {
    await writeFormat1();
    await write(
      ...UPGRADE_STEPS[1]!,
      "INSERT INTO meta VALUES ('format', '2')",
      'DELETE FROM spans',
      `INSERT INTO spans SELECT i, 1, i, i, 0, 70, 0, 1, 2, 0, 0, 0, 0, 1, 1, [1], 0, 0, 0, 0, 0, times, sent_start, sent_end
       FROM (VALUES (1, 0, 0, 0), (2, 2, 70, 0), (3, 3, 0, 70), (4, 1, 5, 6)) r(i, times, sent_start, sent_end)`,
    );
    writeFormat(dataDir, 2);
    const upgraded = await openDatabase(path);
    expect(await upgraded.rows('SELECT seq::INTEGER AS seq, times FROM spans ORDER BY seq')).toEqual([
      { seq: 1, times: 0 },
      { seq: 2, times: 6 },
      { seq: 3, times: 3 },
      { seq: 4, times: 1 },
    ]);
    expect(
      await upgraded.rows(
        'SELECT span_seq::INTEGER AS seq, start_ns::INTEGER AS s, end_ns::INTEGER AS e FROM span_sent_times ORDER BY seq',
      ),
    ).toEqual([
      { seq: 2, s: 70, e: 0 },
      { seq: 3, s: 0, e: 70 },
      { seq: 4, s: 5, e: 6 },
    ]);
    upgraded.close();
  });

  it('keeps every row, and lies in backup/ as it was before anything is written', async () => {
    await writeFormat1();
    const before = readFileSync(path);
    const store = await Store.open({ path, now: Date.now });
    await expectEverythingKept(store);
    await store.close();
    expect(readFileSync(backup).equals(before)).toBe(true);
    expect(readFormat(dataDir)).toBe(FORMAT_VERSION);
  });

  it('is upgraded once: the next opening finds it so and makes no backup', async () => {
    await writeFormat1();
    await (await Store.open({ path, now: Date.now })).close();
    rmSync(backup);
    const store = await Store.open({ path, now: Date.now });
    await expectEverythingKept(store);
    await store.close();
    expect(existsSync(backup)).toBe(false);
  });

  it('takes what is written after the upgrade beside what was there', async () => {
    await writeFormat1();
    const store = await Store.open({ path, now: Date.now });
    const body = { stringValue: 'new' };
    const request = encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] });
    store.decode('logs', request, 1, Date.now());
    await store.commit({ segment: 4, position: 1 });
    await store.checkpoint();
    await store.close();
    const again = await Store.open({ path, now: Date.now });
    expect(again.counts.logs).toBe(LOGS + 1);
    expect(again.position()).toEqual({ segment: 4, position: 1 });
    await again.close();
  });

  it.each([
    ['the backup is begun', () => existsSync(`${backup}.new`) || existsSync(backup)],
    ['the backup is made', () => existsSync(backup)],
    ['the folder is marked', () => readFormat(dataDir) === FORMAT_VERSION],
  ])('survives a kill when %s, and the next opening ends it', { timeout: 60_000 }, async (_, isReached) => {
    await writeFormat1();
    const child = spawn(process.execPath, ['--import', 'tsx', LOAD, path], { stdio: 'inherit' });
    const exited = once(child, 'exit');
    while (!isReached() && child.exitCode === null) await nextTurn();
    child.kill('SIGKILL');
    await exited;
    const store = await Store.open({ path, now: Date.now });
    await expectEverythingKept(store);
    await store.close();
  });
});

/** A real small disk needs the right to mount one. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canMount)('a database of an older format on a disk without room for its backup', () => {
  beforeEach(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', dataDir]);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', dataDir]);
  });

  it('is refused with what is wanted and not touched, and upgraded once there is room', async () => {
    await writeFormat1();
    const before = readFileSync(path);
    await expect(openOrRecoverStore(dataDir, { now: Date.now })).rejects.toMatchObject({
      problem: { kind: 'disk-full', message: expect.stringMatching(/backup needs \d+ MiB, and \d+ MiB are free/) },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect([readFormat(dataDir), readdirSync(join(dataDir, 'backup'))]).toEqual([1, []]);

    const problems: string[] = [];
    const solved: string[] = [];
    const events = {
      onApplied: () => {},
      onProblem: (id: string) => problems.push(id),
      onSolved: (id: string) => solved.push(id),
      onStats: () => {},
    };
    const opening = runStore(dataDir, { maxAgeHours: 72, maxBytes: 2 ** 31 }, events);
    await expect.poll(() => problems).toContain('store-unopened');
    execFileSync('mount', ['-o', 'remount,size=256m', dataDir]);
    const running = await opening;
    expect(solved).toEqual(['store-unopened']);
    const [row] = await running.reader.database.rows<{ n: bigint }>('SELECT count(*) AS n FROM logs');
    expect([row!.n, readFileSync(backup).equals(before)]).toEqual([BigInt(LOGS), true]);
    await running.drain();
  });
});

describe('a database of a newer format', () => {
  it('is refused and not touched, also where nothing but the file itself says so', async () => {
    await (await Store.open({ path, now: Date.now })).close();
    await write("UPDATE meta SET value = '999'");
    rmSync(join(dataDir, 'format.json'), { force: true });
    const before = readFileSync(path);
    await expect(openOrRecoverStore(dataDir, { now: Date.now })).rejects.toMatchObject({
      problem: { kind: 'data-newer', message: expect.stringContaining('format 999') },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(join(dataDir, 'backup'))).toBe(false);
  });
});
