import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/problem';
import { databasePath } from './database-path';
import { type RunningStore, runStore } from './run-store';

/** `CRASHES=100 npx vitest run src/engine/store/crash.test.ts` is the long form. */
const CRASHES = Number(process.env.CRASHES ?? 8);
const LOAD = fileURLToPath(new URL('./crash-load.ts', import.meta.url));

let dataDir: string;
let acknowledged: number[];
let problems: Problem[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-crash-'));
  acknowledged = [];
  problems = [];
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Runs the load until `until` more requests are acknowledged, then kills it. */
async function crash(until: number): Promise<void> {
  const first = (acknowledged.length === 0 ? 0 : Math.max(...acknowledged) + 100) & ~3;
  const child = spawn(process.execPath, ['--import', 'tsx', LOAD, dataDir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const before = acknowledged.length;
  let rest = '';
  for await (const chunk of child.stdout) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    acknowledged.push(...lines.map(Number));
    if (acknowledged.length - before >= until) child.kill('SIGKILL');
  }
  await exited;
}

async function openStore(): Promise<RunningStore> {
  return runStore(
    dataDir,
    { maxAgeHours: 72, maxBytes: 2 ** 31 },
    { onApplied: () => {}, onProblem: (_, problem) => problems.push(problem), onSolved: () => {}, onStats: () => {} },
  );
}

/** Applies the rest of the journal; answers what is then wrong with the stored spans. */
async function check(): Promise<{ lost: number; twice: number; torn: number }> {
  await (await openStore()).drain();
  const store = await openStore();
  const { columns } = await store.reader.database.columns('SELECT span_id, events FROM spans');
  const [events] = await store.reader.database.rows<{ n: bigint }>('SELECT count(*) AS n FROM span_events');
  await store.drain();
  const ids = columns[0] as BigUint64Array;
  const stored = new Set(ids);
  const counts = new Map<number, number>();
  for (const id of stored) counts.set(Number((id - 1n) / 10n), (counts.get(Number((id - 1n) / 10n)) ?? 0) + 1);
  expect(events!.n).toBe(BigInt(ids.length));
  return {
    lost: acknowledged.filter((number) => counts.get(number) !== 10).length,
    twice: ids.length - stored.size,
    torn: [...counts.values()].filter((count) => count !== 10).length,
  };
}

/** Kills until the write-ahead log has something in it. */
async function crashWithLog(): Promise<string> {
  const log = `${databasePath(dataDir)}.wal`;
  do await crash(600);
  while (!existsSync(log) || statSync(log).size < 2000);
  return log;
}

function overwrite(path: string, from: number, bytes: Buffer): void {
  writeSync(openSync(path, 'r+'), bytes, 0, bytes.length, from);
}

describe('a store that is killed', () => {
  it(`loses no acknowledged span and keeps none twice, ${CRASHES} times over`, {
    timeout: 60_000 + CRASHES * 5000,
  }, async () => {
    for (let i = 0; i < CRASHES; i++) await crash(50 + ((i * 7919) % 900));
    expect(acknowledged.length).toBeGreaterThan(CRASHES * 50);
    expect(await check()).toEqual({ lost: 0, twice: 0, torn: 0 });
    expect(problems).toEqual([]);
  });

  it.each([
    ['is zeroed at its end', (log: string) => overwrite(log, statSync(log).size - 300, Buffer.alloc(300))],
    ['is zeroed', (log: string) => overwrite(log, 0, Buffer.alloc(statSync(log).size))],
    [
      'has a flipped bit',
      (log: string) =>
        overwrite(log, statSync(log).size >> 1, Buffer.from([readFileSync(log)[statSync(log).size >> 1]! ^ 1])),
    ],
    [
      'is garbage',
      (log: string) =>
        overwrite(log, 0, Buffer.from(Array.from({ length: statSync(log).size }, (_, i) => (i * 7919) % 251))),
    ],
  ])(
    'reads again from the journal what the write-ahead log had when that %s',
    { timeout: 60_000 },
    async (_, damage) => {
      const log = await crashWithLog();
      damage(log);
      expect(await check()).toEqual({ lost: 0, twice: 0, torn: 0 });
      expect(problems).toMatchObject([{ kind: 'database-log-damaged' }]);
      expect(readdirSync(join(dataDir, 'quarantine'))).toHaveLength(1);
    },
  );

  it('opens with a torn write-ahead log', { timeout: 60_000 }, async () => {
    const log = await crashWithLog();
    const torn = readFileSync(log).subarray(0, -7);
    rmSync(log);
    overwrite(createEmpty(log), 0, torn);
    expect(await check()).toEqual({ lost: 0, twice: 0, torn: 0 });
    expect(problems).toEqual([]);
  });

  it('sets a damaged database aside and says that data is missing', { timeout: 60_000 }, async () => {
    await crash(50);
    await (await openStore()).drain();
    const path = databasePath(dataDir);
    overwrite(path, 0, Buffer.alloc(8192, 7));
    const store = await openStore();
    expect(await store.reader.database.rows('SELECT count(*) AS n FROM spans')).toEqual([{ n: 0n }]);
    await store.drain();
    expect(problems.map(({ kind }) => kind)).toContain('database-damaged');
    expect(readdirSync(join(dataDir, 'quarantine')).length).toBeGreaterThan(0);
  });
});

function createEmpty(path: string): string {
  copyFileSync('/dev/null', path);
  return path;
}
