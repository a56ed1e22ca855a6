import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalFolder, listSegments, segmentPath } from './journal-format';
import { type JournalDamage, type JournalGap, JournalReader } from './journal-reader';
import type { JournalPosition } from './journal-writer-port';
import { type JournalLimits, openJournalWriter } from './open-journal-writer';
import { quarantineDamage } from './quarantine-damage';

let dataDir: string;
let damages: JournalDamage[];
let gaps: JournalGap[];
const readers: JournalReader[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-journal-'));
  damages = [];
  gaps = [];
});

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  rmSync(dataDir, { recursive: true });
});

function openWriter(limits: Partial<JournalLimits> = {}, onAdvanced: (position: JournalPosition) => void = () => {}) {
  return openJournalWriter(dataDir, onAdvanced, { reserveBytes: 0, ...limits });
}

function openReader(from: JournalPosition | null = null): JournalReader {
  const reader = new JournalReader(journalFolder(dataDir), from, {
    onDamage: async (damage) => {
      damages.push(damage);
      await quarantineDamage(dataDir, journalFolder(dataDir), damage);
    },
    onGap: (gap) => gaps.push(gap),
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
      const writer = openWriter({ segmentBytes: 140 });
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
    appendFileSync(path, readFileSync(path).subarray(40, 66));
    const next = openWriter();
    await next.append('traces', Buffer.from('next'));
    await next.close();
    expect(await readAll(openReader())).toEqual(['traces:whole', 'traces:next']);
    expect(damages).toEqual([]);
  });

  describe('of which a bit is flipped', () => {
    const HEADER = 24;
    const MARK = 40;
    /** Where the record `broken` begins, and where it ends. */
    const [FROM, TO] = [MARK + HEADER + 5, MARK + 2 * HEADER + 5 + 6];
    const inside = (field: string, at: number) => [field, FROM + at] as const;

    async function write(texts: string[]): Promise<void> {
      const writer = openWriter();
      for (const text of texts) await writer.append('traces', Buffer.from(text, 'latin1'));
      await writer.close();
    }

    function damage(change: (bytes: Buffer) => void): void {
      const path = segmentPath(journalFolder(dataDir), 1);
      const bytes = readFileSync(path);
      change(bytes);
      writeFileSync(path, bytes);
    }

    it.each([
      inside('length', 0),
      inside('length, far too long', 3),
      inside('checksum', 5),
      inside('time', 10),
      inside('signal', 16),
      inside('header checksum', 22),
      inside('payload', HEADER + 2),
    ])('loses the record that it hits and no other: in its %s', async (_, at) => {
      await write(['first', 'broken', 'kept', 'also']);
      damage((bytes) => {
        bytes[at]! ^= 0x20;
      });
      await write(['next']);
      expect(await readAll(openReader())).toEqual(['traces:first', 'traces:kept', 'traces:also', 'traces:next']);
      expect(damages).toEqual([{ segment: 1, from: FROM, to: TO }]);
      const kept = readdirSync(join(dataDir, 'quarantine'));
      expect(readFileSync(join(dataDir, 'quarantine', kept[0]!))).toHaveLength(TO - FROM);
    });

    it('takes nothing that a damaged payload holds for a record', async () => {
      await write(['inner']);
      const inner = readFileSync(segmentPath(journalFolder(dataDir), 1))
        .subarray(MARK)
        .toString('latin1');
      rmSync(dataDir, { recursive: true });
      mkdirSync(dataDir);
      await write(['first', `outer ${inner}${inner}`, 'kept']);
      damage((bytes) => {
        bytes[bytes.indexOf('outer')]! ^= 1;
      });
      await write(['next']);
      expect(await readAll(openReader())).toEqual(['traces:first', 'traces:kept', 'traces:next']);
    });

    it('says each place of several, and the rest when no record follows', async () => {
      await write(['a', 'b', 'c', 'd', 'e']);
      damage((bytes) => {
        for (const record of [1, 3, 4]) bytes[MARK + record * (HEADER + 1) + HEADER]! ^= 1;
      });
      await write(['next']);
      expect(await readAll(openReader())).toEqual(['traces:a', 'traces:c', 'traces:next']);
      expect(damages.map(({ from, to }) => [(from - MARK) / 25, (to - MARK) / 25])).toEqual([
        [1, 2],
        [3, 5],
      ]);
    });

    it('passes over zeros and garbage of any length', async () => {
      const filling = 'x'.repeat(300_000);
      await write(['first', filling, filling, filling, 'kept']);
      damage((bytes) => {
        bytes.fill(0, MARK + 200_000, MARK + 500_000);
        for (let at = MARK + 500_000; at < MARK + 900_000; at++) bytes[at] = (at * 7919) % 253;
      });
      await write(['next']);
      expect((await readAll(openReader())).map((text) => text.slice(0, 13))).toEqual([
        'traces:first',
        'traces:kept',
        'traces:next',
      ]);
      expect(damages.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(3 * (HEADER + 300_000));
    });

    it('in the mark of a segment: nothing is lost and nothing said', async () => {
      await write(['first']);
      damage((bytes) => {
        bytes[30]! ^= 1;
      });
      await write(['next']);
      expect(await readAll(openReader())).toEqual(['traces:first', 'traces:next']);
      expect(damages).toEqual([]);
    });
  });

  it('has read what ends with a torn record, so that nothing of it waits', async () => {
    const writer = openWriter();
    await writer.append('traces', Buffer.from('whole'));
    await writer.close();
    const path = segmentPath(journalFolder(dataDir), 1);
    appendFileSync(path, readFileSync(path).subarray(40, 66));
    const next = openWriter();
    const reader = openReader();
    await readAll(reader);
    expect(reader.end()).toEqual(next.end());
    next.applied(reader.end());
    expect(next.backlogBytes()).toBe(0);
    await next.close();
  });

  describe('of which files are removed', () => {
    const folder = () => journalFolder(dataDir);

    it('gives no segment number twice, and says which are missing', async () => {
      for (const text of ['one', 'two', 'three']) {
        const writer = openWriter();
        await writer.append('traces', Buffer.from(text));
        await writer.close();
      }
      rmSync(folder(), { recursive: true });
      const writer = openWriter();
      await writer.append('traces', Buffer.from('four'));
      await writer.close();
      expect(listSegments(folder()).map(({ segment }) => segment)).toEqual([4]);
      expect(await readAll(openReader({ segment: 2, position: 67 }))).toEqual(['traces:four']);
      expect(gaps).toEqual([{ first: 2, last: 3, position: 67 }]);
      expect(await readAll(openReader())).toEqual(['traces:four']);
      expect(gaps[1]).toEqual({ first: 1, last: 3, position: 0 });
    });

    it.each([
      ['the folder', () => rmSync(folder(), { recursive: true })],
      ['the folder, moved elsewhere,', () => renameSync(folder(), join(dataDir, 'elsewhere'))],
      ['the newest file', () => rmSync(segmentPath(folder(), 1))],
      ['a file that another takes the place of', () => replace(segmentPath(folder(), 1))],
    ])(
      'while it is written: %s, and goes on with a new one without losing what is acknowledged after',
      async (_, take) => {
        const seen: boolean[] = [];
        const writer = openJournalWriter(
          dataDir,
          () => {},
          { reserveBytes: 0 },
          (isRemoved) => seen.push(isRemoved),
        );
        const reader = openReader();
        await writer.append('traces', Buffer.from('before'));
        expect(await readAll(reader)).toEqual(['traces:before']);
        await writer.append('traces', Buffer.from('unread'));
        take();
        await writer.append('traces', Buffer.from('after'));
        await writer.append('traces', Buffer.from('more'));
        expect(seen).toEqual([true]);
        // It has the file open still.
        expect(await readAll(reader)).toEqual(['traces:unread', 'traces:after', 'traces:more']);
        expect(await readAll(openReader({ segment: 2, position: 0 }))).toEqual(['traces:after', 'traces:more']);
        writer.applied(reader.end());
        expect(seen).toEqual([true, false]);
        await writer.close();
      },
    );
  });

  it('asks for a pause while too much waits for the store', async () => {
    const positions: JournalPosition[] = [];
    const writer = openWriter({ maxBacklogBytes: 1000 }, (position) => positions.push(position));
    await writer.append('traces', Buffer.alloc(900));
    expect(writer.pressure()).toBeNull();
    await writer.append('traces', Buffer.alloc(900));
    expect(writer.pressure()).toMatchObject({ cause: 'backlog', retryAfterMs: 1000 });
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
    await expect.poll(() => writer.pressure()).toMatchObject({ cause: 'disk-full', retryAfterMs: 1000 });
    await expect(writer.append('traces', Buffer.from('x'))).rejects.toThrow('The disk is full.');
    free = 1000;
    now += 1000;
    await expect.poll(() => writer.pressure()).toBeNull();
    await writer.append('traces', Buffer.from('y'));
    await writer.close();
    expect(await readAll(openReader())).toEqual(['traces:y']);
  });
});

/** As an editor or a copy does it: the name leads to other bytes. */
function replace(path: string): void {
  writeFileSync(`${path}.other`, readFileSync(path));
  renameSync(`${path}.other`, path);
}
