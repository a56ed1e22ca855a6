import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalFolder, listSegments } from '../journal/journal-format';
import { openJournalWriter } from '../journal/open-journal-writer';
import { encodeOtlpJson } from '../otlp/otlp-json';
import { type RunningStore, runStore } from './run-store';

/** A real small disk needs the right to mount one. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

let disk: string;
let problems: string[];
let solved: string[];

function log(number: number, text = 'x'.repeat(1000)): Uint8Array {
  const body = { stringValue: `line ${number} ${text}` };
  return encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: '1', body }] }] }] });
}

function openStore(): Promise<RunningStore> {
  return runStore(
    join(disk, 'data'),
    { maxAgeHours: 72, maxBytes: 2 ** 31 },
    {
      onApplied: () => {},
      onProblem: (_, { kind }) => problems.push(kind),
      onSolved: (id) => solved.push(id),
      onStats: () => {},
    },
  );
}

/** Rows without a number only part long texts. */
async function countLogs(store: RunningStore): Promise<bigint> {
  const [row] = await store.reader.database.rows<{ n: bigint }>('SELECT count(seq) AS n FROM logs');
  return row!.n;
}

function fillDisk(): void {
  for (const size of [1 << 20, 4096]) {
    try {
      for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(size));
    } catch {}
  }
}

function fillDiskTo(freeBytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  appendFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - freeBytes));
}

/** Text that does not get much shorter by compression. */
function noise(length: number): string {
  return Buffer.from(randomBytes(length).map((byte) => byte & 0x7f)).toString('latin1');
}

describe.skipIf(!canMount)('a store on a full disk', () => {
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'watchtower-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', disk]);
    problems = [];
    solved = [];
  });

  afterEach(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });

  it('refuses, says so, loses nothing over a restart, and goes on by itself when there is space', {
    timeout: 60_000,
  }, async () => {
    const journal = openJournalWriter(join(disk, 'data'), () => store?.journalAdvanced(), { reserveBytes: 32 << 20 });
    let store: RunningStore | undefined = await openStore();
    for (let i = 0; i < 50; i++) await journal.append('logs', log(i));
    await expect.poll(() => countLogs(store!), { timeout: 10_000 }).toBe(50n);
    fillDisk();
    await expect.poll(() => journal.pressure(), { timeout: 10_000 }).toMatchObject({ cause: 'disk-full' });
    await expect(journal.append('logs', log(50))).rejects.toThrow('The disk is full.');
    await expect.poll(() => problems, { timeout: 20_000 }).toContain('disk-full');
    expect(await countLogs(store)).toBe(50n);
    await store.drain();

    store = await openStore();
    await expect.poll(() => countLogs(store!), { timeout: 10_000 }).toBe(50n);
    rmSync(join(disk, 'filler'));
    await expect.poll(() => journal.pressure(), { timeout: 10_000 }).toBeNull();
    for (let i = 50; i < 60; i++) await journal.append('logs', log(i));
    await expect.poll(() => countLogs(store!), { timeout: 10_000 }).toBe(60n);
    await store.drain();
    await journal.close();
    store = await openStore();
    expect(await countLogs(store)).toBe(60n);
    await store.drain();
  });

  it('opens the database anew when the disk fills up in the middle of a checkpoint', { timeout: 60_000 }, async () => {
    const journal = openJournalWriter(join(disk, 'data'), () => store.journalAdvanced(), { reserveBytes: 0 });
    const store = await openStore();
    for (let i = 0; i < 1030; i++) await journal.append('logs', log(i, noise(60_000)));
    fillDiskTo(49 << 20);
    await expect.poll(() => problems, { timeout: 20_000 }).toContain('disk-full');
    rmSync(join(disk, 'filler'));
    await expect.poll(() => solved, { timeout: 20_000 }).toContain('store-unwritable');
    await expect.poll(() => countLogs(store), { timeout: 20_000 }).toBe(1030n);
    await store.drain();
    await journal.close();
    const again = await openStore();
    expect(await countLogs(again)).toBe(1030n);
    await again.drain();
  });

  it('writes nothing behind a place where a write broke off: the store may have read what was cut away', async () => {
    const writer = openJournalWriter(join(disk, 'data'), () => {}, { reserveBytes: 0 });
    await writer.append('logs', log(1));
    fillDiskTo(64 * 1024);
    await expect(writer.append('logs', log(2, noise(512 * 1024)))).rejects.toThrow('The disk is full.');
    rmSync(join(disk, 'filler'));
    await expect.poll(() => writer.pressure(), { timeout: 5_000 }).toBeNull();
    await writer.append('logs', log(3));
    await writer.close();
    const sizes = listSegments(journalFolder(join(disk, 'data'))).map(({ bytes }) => bytes);
    expect(sizes).toHaveLength(2);
    expect(sizes[0]).toBe(sizes[1]);
  });
});
