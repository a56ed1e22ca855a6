import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalFolder, listSegments, segmentPath } from '../journal/journal-format';
import { openJournalWriter } from '../journal/open-journal-writer';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { type RunningStore, runStore } from './run-store';

/** A real small disk needs the right to mount one. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

let disk: string;
let problems: string[];
/** The ids under which they are shown, each once. */
let ids: Set<string>;
let solved: string[];

function log(number: number, text = 'x'.repeat(1000)): Uint8Array {
  const body = { stringValue: `line ${number} ${text}` };
  return encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: '1', body }] }] }] });
}

function openStore(now = Date.now): Promise<RunningStore> {
  return runStore(
    join(disk, 'data'),
    { maxAgeHours: 1000, maxBytes: 2 ** 31 },
    {
      onApplied: () => {},
      onProblem: (id, { kind }) => {
        problems.push(kind);
        ids.add(id);
      },
      onSolved: (id) => solved.push(id),
      onStats: () => {},
    },
    now,
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

/** A line of text that does not get much shorter by compression. */
function noise(length: number): Uint8Array {
  const text = randomBytes(length);
  for (let at = 0; at < length; at++) text[at]! &= 0x7f;
  const record = [field(1, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), 1), field(5, field(1, text))];
  return field(1, field(2, field(2, Buffer.concat(record))));
}

/** A field of a message; those with a length have it before their content. */
function field(number: number, content: Uint8Array, wireType = 2): Buffer {
  const head = [number * 8 + wireType];
  if (wireType === 2) {
    let rest = content.length;
    for (; rest >= 128; rest >>>= 7) head.push((rest & 127) | 128);
    head.push(rest);
  }
  return Buffer.concat([Buffer.from(head), content]);
}

describe.skipIf(!canMount)('a store on a full disk', () => {
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'watchtower-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', disk]);
    problems = [];
    ids = new Set();
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
    await expect.poll(() => countLogs(store!)).toBe(50n);
    fillDisk();
    await expect.poll(() => journal.pressure()).toMatchObject({ cause: 'disk-full' });
    await expect(journal.append('logs', log(50))).rejects.toThrow('The disk is full.');
    await expect.poll(() => problems).toContain('disk-full');
    expect(await countLogs(store)).toBe(50n);
    await store.drain();

    store = await openStore();
    await expect.poll(() => countLogs(store!)).toBe(50n);
    rmSync(join(disk, 'filler'));
    await expect.poll(() => journal.pressure()).toBeNull();
    for (let i = 50; i < 60; i++) await journal.append('logs', log(i));
    await expect.poll(() => countLogs(store!)).toBe(60n);
    await store.drain();
    await journal.close();
    store = await openStore();
    expect(await countLogs(store)).toBe(60n);
    await store.drain();
  });

  it('opens the database anew when the disk fills up in the middle of a checkpoint', { timeout: 60_000 }, async () => {
    const journal = openJournalWriter(join(disk, 'data'), () => store.journalAdvanced(), { reserveBytes: 0 });
    const store = await openStore();
    for (let i = 0; i < 103; i++) await journal.append('logs', noise(600_000));
    fillDiskTo(49 << 20);
    await expect.poll(() => problems).toContain('disk-full');
    rmSync(join(disk, 'filler'));
    await expect.poll(() => solved).toContain('store-unwritable');
    await expect.poll(() => countLogs(store)).toBe(103n);
    await store.drain();
    await journal.close();
    const again = await openStore();
    expect(await countLogs(again)).toBe(103n);
    await again.drain();
  });

  it('waits, as one problem, where damage of the journal cannot be set aside, and then loses the damage alone', {
    timeout: 60_000,
  }, async () => {
    const data = join(disk, 'data');
    const ends: number[] = [];
    const journal = openJournalWriter(data, ({ position }) => ends.push(position), { reserveBytes: 0 });
    await (await openStore()).drain();
    for (let i = 0; i < 20; i++) await journal.append('logs', noise(100_000));
    await journal.close();
    const path = segmentPath(journalFolder(data), journal.end().segment);
    const bytes = readFileSync(path);
    bytes[ends[4]! + 50_000]! ^= 1;
    writeFileSync(path, bytes);
    const next = openJournalWriter(data, () => store.journalAdvanced(), { reserveBytes: 0 });
    fillDisk();
    const store = await openStore();
    await expect.poll(() => [...ids]).toContain('journal-unreadable');
    await expect.poll(() => countLogs(store)).toBe(5n);
    expect(new Set(problems)).toEqual(new Set(['disk-full']));
    // Nothing of a copy that broke off takes the space that is left.
    expect(readdirSync(join(data, 'quarantine'))).toEqual([]);

    rmSync(join(disk, 'filler'));
    await expect.poll(() => countLogs(store), { timeout: 30_000 }).toBe(19n);
    expect(solved).toContain('journal-unreadable');
    expect([...ids].filter((id) => id.startsWith('journal-damaged'))).toHaveLength(1);
    // The session went on all the time.
    expect([...ids]).not.toContain('store-unwritable');
    expect(readdirSync(join(data, 'quarantine'))).toHaveLength(1);
    await store.drain();
    await next.close();
  });

  it('deletes what is too old and nothing else, also when the disk fills up meanwhile', {
    timeout: 60_000,
  }, async () => {
    let clock = 1_760_000_000_000;
    const now = () => clock;
    const limits = { reserveBytes: 0, now: Date.now };
    const journal = openJournalWriter(join(disk, 'data'), () => store.journalAdvanced(), limits);
    let store = await openStore(now);
    for (let i = 0; i < 100; i++) await journal.append('logs', log(i));
    await expect.poll(() => countLogs(store)).toBe(100n);
    await store.drain();
    clock += 80 * 3_600_000;
    store = await openStore(now);
    for (let i = 0; i < 103; i++) await journal.append('logs', noise(600_000));
    await expect.poll(() => countLogs(store)).toBe(203n);
    fillDiskTo(49 << 20);
    store.setRetention({ maxAgeHours: 72, maxBytes: 2 ** 31 });
    await expect.poll(() => [...ids]).toContain('store-unwritable');
    execFileSync('mount', ['-o', 'remount,size=512m', disk]);
    await expect.poll(() => solved, { timeout: 30_000 }).toContain('store-unwritable');
    await expect.poll(() => countLogs(store)).toBe(103n);
    await store.drain();
    await journal.close();
    const again = await openStore(now);
    expect(await countLogs(again)).toBe(103n);
    await again.drain();
  });

  it('writes nothing behind a place where a write broke off: the store may have read what was cut away', async () => {
    const writer = openJournalWriter(join(disk, 'data'), () => {}, { reserveBytes: 0 });
    await writer.append('logs', log(1));
    fillDiskTo(64 * 1024);
    await expect(writer.append('logs', noise(512 * 1024))).rejects.toThrow('The disk is full.');
    rmSync(join(disk, 'filler'));
    await expect.poll(() => writer.pressure()).toBeNull();
    await writer.append('logs', log(3));
    await writer.close();
    const sizes = listSegments(journalFolder(join(disk, 'data'))).map(({ bytes }) => bytes);
    expect(sizes).toHaveLength(2);
    expect(sizes[0]).toBe(sizes[1]);
  });
});
