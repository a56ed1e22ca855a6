import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath } from '../data-folder/database-path';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { openOrRecoverStore } from './recover-store';
import { Store } from './store';

/** As words of a path they say what DuckDB says of damage. */
const NAMES = [
  'internal-tools',
  'corrupt',
  'checksum',
  'my serializer',
  'out of range',
  'INTERNAL Error: x',
  'IO Error: Corrupt database file: ',
  'not a valid DuckDB database file!',
  'Could not read enough bytes from file "x"',
  'No space left on device',
  'Serialization Error',
  'version number 999',
  "it's: Permission denied",
  'Zürich 日本 \u202e',
];
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const LOGS = 300;

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'watchtower-recover-'));
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

function logs(count: number): Uint8Array {
  const logRecords = Array.from({ length: count }, (_, i) => ({ body: { stringValue: `line ${i} ${i * 7919}` } }));
  return encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
}

/** A data folder of that name with a healthy database of some telemetry. */
async function fill(name: string): Promise<string> {
  const dataDir = join(parent, name);
  mkdirSync(dataDir);
  const store = await Store.open({ path: databasePath(dataDir), now: Date.now });
  store.decode('logs', logs(LOGS), 1, Date.now());
  await store.commit(null);
  await store.checkpoint();
  await store.close();
  return dataDir;
}

const open = (dataDir: string) => openOrRecoverStore(dataDir, { now: Date.now });

async function expectUntouched(dataDir: string, bytes: Buffer): Promise<void> {
  expect(readFileSync(databasePath(dataDir)).equals(bytes)).toBe(true);
  expect(existsSync(join(dataDir, 'quarantine'))).toBe(false);
  const { store, problems } = await open(dataDir);
  expect({ problems, logs: store.counts.logs }).toEqual({ problems: [], logs: LOGS });
  await store.close();
}

/** Another program that has the database open. */
async function hold(path: string, statement = 'SELECT 1'): Promise<() => Promise<void>> {
  const script = `import duckdb from '@duckdb/node-bindings';
    const connection = await duckdb.connect(await duckdb.open(process.argv[1], duckdb.create_config()));
    await duckdb.query(connection, process.argv[2]);
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path, statement], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
}

describe('a healthy database that cannot be opened is left alone and said so', () => {
  it.each(NAMES)('below a folder named "%s"', async (name) => {
    const dataDir = await fill(name);
    const bytes = readFileSync(databasePath(dataDir));
    const release = await hold(databasePath(dataDir));
    await expect(open(dataDir)).rejects.toMatchObject({
      problem: { kind: 'database-held', message: expect.stringMatching(/\(PID \d+\)/) },
    });
    await release();
    await expectUntouched(dataDir, bytes);
  });

  it('with the write-ahead log of the program that has it open', async () => {
    const dataDir = await fill('data');
    const log = `${databasePath(dataDir)}.wal`;
    const release = await hold(databasePath(dataDir), "INSERT INTO strings VALUES (1, repeat('x', 1000))");
    const written = readFileSync(log);
    await expect(open(dataDir)).rejects.toMatchObject({ problem: { kind: 'database-held' } });
    expect(readFileSync(log).equals(written)).toBe(true);
    await release();
  });

  it.runIf(isRoot).each(NAMES)('without the right to read it, below "%s"', async (name) => {
    const dataDir = await fill(name);
    const bytes = readFileSync(databasePath(dataDir));
    execFileSync('chmod', ['755', parent]);
    process.seteuid!(65_534);
    const refused = await open(dataDir).catch((error) => error);
    process.seteuid!(0);
    expect(refused).toMatchObject({
      problem: { kind: 'database-unreadable', message: expect.stringMatching(/EACCES/) },
    });
    await expectUntouched(dataDir, bytes);
  });

  it.runIf(isRoot).each([
    ['checksum', 'ro', 'database-unreadable'],
    ['corrupt', 'rw', 'disk-full'],
  ])('on a disk that is full or cannot be written, below "%s" (%s)', async (name, mode, kind) => {
    const disk = join(parent, name);
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
    try {
      const dataDir = await fill(join(name, 'internal'));
      const path = databasePath(dataDir);
      const bytes = readFileSync(path);
      if (mode === 'ro') execFileSync('mount', ['-o', 'remount,ro', disk]);
      else {
        rmSync(path);
        expect(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(64 << 20))).toThrow('ENOSPC');
      }
      await expect(open(dataDir)).rejects.toMatchObject({ problem: { kind } });
      if (mode === 'ro') execFileSync('mount', ['-o', 'remount,rw', disk]);
      else {
        rmSync(join(disk, 'filler'));
        writeFileSync(path, bytes);
      }
      await expectUntouched(dataDir, bytes);
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  it.each(['damaged', 'INTERNAL Error'])('of a newer DuckDB, below "%s"', async (name) => {
    const dataDir = await fill(name);
    const path = databasePath(dataDir);
    const bytes = readFileSync(path);
    writeFileSync(path, ofStorageVersion(bytes, 999n));
    await expect(open(dataDir)).rejects.toMatchObject({ problem: { kind: 'data-newer' } });
    expect(readFileSync(path).equals(ofStorageVersion(bytes, 999n))).toBe(true);
    writeFileSync(path, bytes);
    await expectUntouched(dataDir, bytes);
  });

  it('where a folder or a link that leads nowhere has its name', async () => {
    const dataDir = join(parent, 'corrupt');
    mkdirSync(databasePath(dataDir), { recursive: true });
    await expect(open(dataDir)).rejects.toMatchObject({
      problem: { kind: 'database-unreadable', message: expect.stringContaining('EISDIR') },
    });
    rmSync(databasePath(dataDir), { recursive: true });
    symlinkSync(join(parent, 'no', 'where'), databasePath(dataDir));
    await expect(open(dataDir)).rejects.toMatchObject({ problem: { kind: 'database-unreadable' } });
    expect(existsSync(join(dataDir, 'quarantine'))).toBe(false);
  });
});

describe('a damaged database is set aside and a new one begun', () => {
  const DAMAGES: [string, (bytes: Buffer) => Buffer][] = [
    ['a flipped bit in its first header', (bytes) => flip(bytes, 2000)],
    ['a flipped bit in its magic', (bytes) => flip(bytes, 9)],
    ['flipped bits in both database headers', (bytes) => flip(flip(bytes, 4100), 8200)],
    ['flipped bits in every block', (bytes) => everyBlock(bytes)],
    ['garbage for a header', (bytes) => fillFrom(bytes, 0, 12_288, 7)],
    ['zeros for a header', (bytes) => fillFrom(bytes, 0, 4096, 0)],
    ['a zeroed tail', (bytes) => fillFrom(bytes, 12_288, bytes.length, 0)],
    ['half of it gone', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['only its headers left', (bytes) => bytes.subarray(0, 12_288)],
    ['nothing in it', (bytes) => bytes.subarray(0, 0)],
    ['text in it', () => Buffer.from('hello '.repeat(5000))],
    ['a database of another make', () => Buffer.from(`SQLite format 3\0${'x'.repeat(20_000)}`)],
  ];

  it.each(DAMAGES)('%s', async (_, damage) => {
    const dataDir = await fill('data');
    const path = databasePath(dataDir);
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    const { store, problems } = await open(dataDir);
    expect(store.counts.logs).toBe(0);
    await store.close();
    expect(problems).toMatchObject([{ kind: 'database-damaged' }]);
    const folder = /kept in (.*);/.exec(problems[0]!.hint!)![1]!;
    const kept = execFileSync('ls', [folder], { encoding: 'utf8' }).trim();
    expect(readFileSync(join(folder, kept)).equals(damaged)).toBe(true);
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at]! ^= 4;
  return changed;
}

function everyBlock(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 12_288 + 100; at < changed.length; at += 262_144) changed[at]! ^= 1;
  return changed;
}

function fillFrom(bytes: Buffer, from: number, to: number, value: number): Buffer {
  return Buffer.from(bytes).fill(value, from, to);
}

/** DuckDB's main header is its checksum, `DUCK` and the version; the checksum is over 8 bytes at a time. */
function ofStorageVersion(bytes: Buffer, version: bigint): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeBigUInt64LE(version, 12);
  let checksum = 5381n;
  for (let at = 8; at < 4096; at += 8) {
    checksum ^= BigInt.asUintN(64, changed.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  }
  changed.writeBigUInt64LE(checksum, 0);
  return changed;
}
