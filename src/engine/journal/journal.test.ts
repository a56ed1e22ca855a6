import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalFolder, listSegments, segmentPath } from './journal-format';
import { type JournalDamage, JournalReader } from './journal-reader';
import type { JournalPosition } from './journal-writer-port';
import { type JournalLimits, openJournalWriter } from './open-journal-writer';
import { quarantineDamage } from './quarantine-damage';

let dataDir: string;
let damages: JournalDamage[];
const readers: JournalReader[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-journal-'));
  damages = [];
});

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  rmSync(dataDir, { recursive: true });
});

function openWriter(limits: Partial<JournalLimits> = {}, onAdvanced: (position: JournalPosition) => void = () => {}) {
  return openJournalWriter(dataDir, onAdvanced, { reserveBytes: 0, ...limits });
}

function openReader(from: JournalPosition | null = null): JournalReader {
  const reader = new JournalReader(journalFolder(dataDir), from, async (damage) => {
    damages.push(damage);
    await quarantineDamage(dataDir, journalFolder(dataDir), damage);
  });
  readers.push(reader);
  return reader;
}

async function readAll(reader: JournalReader): Promise<string[]> {
  const texts: string[] = [];
  for (let records = await reader.read(); records.length > 0; records = await reader.read()) {
    texts.push(...records.map(({ signal, payload }) => `${signal}:${payload}`));
  }
  return texts;
}

describe('the journal', () => {
  it('gives back what was appended, in order, over restarts and full segments', async () => {
    for (const run of ['a', 'b']) {
      const writer = openWriter({ segmentBytes: 100 });
      for (let i = 0; i < 5; i++)
        await writer.append(i % 2 ? 'logs' : 'traces', Buffer.from(`${run}${i}${'x'.repeat(20)}`));
      await writer.close();
    }
    expect(listSegments(journalFolder(dataDir)).length).toBe(4);
    const texts = await readAll(openReader());
    expect(texts.map((text) => text.replace(/x+$/, ''))).toEqual([
      'traces:a0',
      'logs:a1',
      'traces:a2',
      'logs:a3',
      'traces:a4',
      'traces:b0',
      'logs:b1',
      'traces:b2',
      'logs:b3',
      'traces:b4',
    ]);
  });

  it('follows the file while it is written, and from a position', async () => {
    const positions: JournalPosition[] = [];
    const writer = openWriter({}, (position) => positions.push(position));
    const reader = openReader();
    expect(await reader.read()).toEqual([]);
    await writer.append('traces', Buffer.from('one'));
    expect(await readAll(reader)).toEqual(['traces:one']);
    await Promise.all([writer.append('logs', Buffer.from('two')), writer.append('metrics', Buffer.from('three'))]);
    expect(await readAll(reader)).toEqual(['logs:two', 'metrics:three']);
    expect(positions).toHaveLength(2);
    expect(await readAll(openReader(positions[0]!))).toEqual(['logs:two', 'metrics:three']);
    await writer.close();
  });

  it('reads a request that is larger than its buffer', async () => {
    const writer = openWriter();
    await writer.append('logs', Buffer.alloc(9_000_000, 'y'));
    await writer.append('logs', Buffer.from('after'));
    await writer.close();
    expect((await readAll(openReader())).map((text) => text.length)).toEqual([9_000_005, 10]);
  });

  it('ends at a torn tail without a word', async () => {
    const writer = openWriter();
    await writer.append('traces', Buffer.from('whole'));
    await writer.close();
    const path = segmentPath(journalFolder(dataDir), 1);
    appendFileSync(path, readFileSync(path).subarray(0, 26));
    const next = openWriter();
    await next.append('traces', Buffer.from('next'));
    await next.close();
    expect(await readAll(openReader())).toEqual(['traces:whole', 'traces:next']);
    expect(damages).toEqual([]);
  });

  it('moves the rest of a damaged segment to quarantine and goes on with the next', async () => {
    const writer = openWriter();
    for (const text of ['first', 'broken', 'lost']) await writer.append('traces', Buffer.from(text));
    await writer.close();
    const path = segmentPath(journalFolder(dataDir), 1);
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('broken')]! ^= 1;
    writeFileSync(path, bytes);
    const next = openWriter();
    await next.append('traces', Buffer.from('next'));
    await next.close();
    expect(await readAll(openReader())).toEqual(['traces:first', 'traces:next']);
    expect(damages).toEqual([{ segment: 1, from: 29, to: bytes.length }]);
    const kept = readdirSync(join(dataDir, 'quarantine'));
    expect(readFileSync(join(dataDir, 'quarantine', kept[0]!)).toString()).toContain('lost');
  });

  it('asks for a pause while too much waits for the store', async () => {
    const positions: JournalPosition[] = [];
    const writer = openWriter({ maxBacklogBytes: 1000 }, (position) => positions.push(position));
    await writer.append('traces', Buffer.alloc(900));
    expect(writer.pressure()).toBeNull();
    await writer.append('traces', Buffer.alloc(900));
    expect(writer.pressure()).toEqual({ retryAfterMs: 1000 });
    writer.applied(positions[1]!);
    expect(writer.backlogBytes()).toBe(0);
    expect(writer.pressure()).toBeNull();
    await writer.close();
  });

  it('does not hold what an earlier run left against new requests before the store has said what it applied', async () => {
    const first = openWriter({ maxBacklogBytes: 1000 });
    await first.append('traces', Buffer.alloc(900));
    await first.append('traces', Buffer.alloc(900));
    await first.close();
    const writer = openWriter({ maxBacklogBytes: 1000 });
    expect(writer.pressure()).toBeNull();
    await writer.append('traces', Buffer.alloc(900));
    expect(writer.pressure()).toBeNull();
    writer.applied({ segment: 1, position: 0 });
    expect(writer.pressure()).not.toBeNull();
    writer.applied(writer.end());
    expect(writer.pressure()).toBeNull();
    await writer.close();
  });

  it('refuses while the disk is too full and takes up again when space returns', async () => {
    let now = 1_000_000;
    let free = 10;
    const writer = openWriter({ reserveBytes: 100, now: () => now, freeBytes: async () => free });
    await expect.poll(() => writer.pressure()).toEqual({ retryAfterMs: 1000 });
    await expect(writer.append('traces', Buffer.from('x'))).rejects.toThrow('The disk is full.');
    free = 1000;
    now += 1000;
    await expect.poll(() => writer.pressure()).toBeNull();
    await writer.append('traces', Buffer.from('y'));
    await writer.close();
    expect(await readAll(openReader())).toEqual(['traces:y']);
  });
});
