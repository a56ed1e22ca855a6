import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/problem';
import { databasePath } from '../data-folder/database-path';
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
    ['of zeros', Buffer.alloc(4096)],
    ['of garbage', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251))],
  ])('sets a write-ahead log %s aside and loses nothing', { timeout: 60_000 }, async (_, log) => {
    await crash(200);
    writeFileSync(`${databasePath(dataDir)}.wal`, log);
    expect(await check()).toEqual({ lost: 0, twice: 0, torn: 0 });
    expect(problems).toMatchObject([{ kind: 'database-log-unknown' }]);
    expect(readdirSync(join(dataDir, 'quarantine'))).toHaveLength(1);
  });

  it('sets a damaged database aside and says that data is missing', { timeout: 60_000 }, async () => {
    for (let i = 0; i < 2; i++) {
      await crash(50);
      await (await openStore()).drain();
    }
    const path = databasePath(dataDir);
    overwrite(path, 0, Buffer.alloc(8192, 7));
    const store = await openStore();
    expect(await store.reader.database.rows('SELECT count(*) AS n FROM spans')).toEqual([{ n: 0n }]);
    await store.drain();
    expect(problems).toMatchObject([{ kind: 'database-damaged' }, { kind: 'telemetry-missing' }]);
    expect(readdirSync(join(dataDir, 'quarantine')).length).toBeGreaterThan(0);
  });
});
