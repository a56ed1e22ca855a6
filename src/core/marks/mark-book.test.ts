import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MarkBook } from './mark-book';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-marks-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('the marks of a home', () => {
  it('are there after a restart, the newest first, in a file for this user alone', async () => {
    let now = 1000;
    const book = await MarkBook.open(home, () => now);
    await book.set('before-fix');
    now = 2000;
    await book.set('after');
    expect((await MarkBook.open(home)).list()).toEqual([
      { name: 'after', at: 2000 },
      { name: 'before-fix', at: 1000 },
    ]);
    expect((await stat(join(home, 'marks.json'))).mode & 0o777).toBe(0o600);
  });

  it('move when they are set again, and go when they are deleted', async () => {
    let now = 1000;
    const book = await MarkBook.open(home, () => now);
    await book.set('start');
    now = 5000;
    expect(await book.set('start')).toEqual({ name: 'start', at: 5000 });
    expect(book.list()).toHaveLength(1);
    await book.delete('start');
    await book.delete('start');
    expect(book.list()).toEqual([]);
  });

  it('both stay when two are set at once', async () => {
    const book = await MarkBook.open(home);
    await Promise.all([book.set('one'), book.set('two')]);
    expect((await MarkBook.open(home)).list().map(({ name }) => name)).toEqual(['two', 'one']);
  });

  it.each(['15m', '2h', '2026-11-30', '2026-11-30T10:00:00Z', 'two words', '-x', 'line\nbreak', '\u001b[2J'])(
    'cannot be called %j',
    async (name) => {
      const book = await MarkBook.open(home);
      expect(await book.set(name)).toMatchObject({ problem: { kind: 'mark-name-invalid' } });
      expect(book.list()).toEqual([]);
    },
  );

  it('are forgotten beyond the newest 200', async () => {
    const book = await MarkBook.open(home);
    for (let number = 0; number <= 200; number++) await book.set(`m${number}`);
    expect(book.list()).toHaveLength(200);
    expect(book.list().at(-1)!.name).toBe('m1');
  });

  it('of a damaged file are none, and the file is kept aside', async () => {
    await writeFile(join(home, 'marks.json'), '{"marks": 3}');
    const book = await MarkBook.open(home, () => 7);
    expect(book.list()).toEqual([]);
    expect(book.problem).toMatchObject({ kind: 'marks-unreadable' });
    expect(await readFile(join(home, 'marks.json.bad-7'), 'utf8')).toBe('{"marks": 3}');
  });
});
