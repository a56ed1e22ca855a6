import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SearchBook } from './search-book';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-searches-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('the searches of a home', () => {
  it('are there after a restart, by name, in a file for this user alone', async () => {
    const book = await SearchBook.open(home, () => 7);
    await book.save({ name: 'slow', page: 'traces', query: '{ duration > 1s }' });
    await book.save({ name: 'failed', page: 'traces', query: '{ status = error }' });
    await book.remember('logs', '{a="b"}');
    const { saved, past } = (await SearchBook.open(home)).list();
    expect(saved.map(({ name }) => name)).toEqual(['failed', 'slow']);
    expect(past).toEqual([{ page: 'logs', query: '{a="b"}', at: 7 }]);
    expect((await stat(join(home, 'searches.json'))).mode & 0o777).toBe(0o600);
  });

  it('are replaced by one of the same name and page, and renamed where the old name is given', async () => {
    const book = await SearchBook.open(home);
    await book.save({ name: 'a', page: 'traces', query: '{}' });
    await book.save({ name: 'a', page: 'logs', query: '{x="1"}' });
    await book.save({ name: 'a', page: 'traces', query: '{ status = error }' });
    await book.save({ name: 'b', page: 'traces', query: '{ status = error }' }, 'a');
    expect(book.list().saved.map(({ name, page }) => `${page} ${name}`)).toEqual(['logs a', 'traces b']);
    await book.delete('b', 'traces');
    await book.delete('b', 'traces');
    expect(book.list().saved).toHaveLength(1);
  });

  it('that were asked last stand once each, the newest first, 50 of each page', async () => {
    let now = 0;
    const book = await SearchBook.open(home, () => ++now);
    await book.remember('metrics', 'up');
    for (let number = 0; number < 60; number++) await book.remember('traces', `{ .n = ${number} }`);
    await book.remember('traces', '{ .n = 20 }');
    const { past } = book.list();
    expect(past.filter(({ page }) => page === 'traces')).toHaveLength(50);
    expect(past[0]!.query).toBe('{ .n = 20 }');
    expect(past.filter(({ query }) => query === '{ .n = 20 }')).toHaveLength(1);
    expect(past.at(-1)!.query).toBe('up');
  });

  it('are refused beyond 200, and none is forgotten', async () => {
    const saved = Array.from({ length: 200 }, (_, at) => ({ name: `s${at}`, page: 'traces', query: '{}', at }));
    await writeFile(join(home, 'searches.json'), JSON.stringify({ saved, past: [] }));
    const book = await SearchBook.open(home);
    expect(await book.save({ name: 'one more', page: 'traces', query: '{}' })).toMatchObject({ kind: 'searches-full' });
    expect(await book.save({ name: 's7', page: 'traces', query: '{ status = ok }' })).toBeNull();
    expect(book.list().saved).toHaveLength(200);
  });

  it('of another version are kept as they stand, said, and take none of the others with them', async () => {
    const path = join(home, 'searches.json');
    const good = { name: 'slow', page: 'traces', query: '{ duration > 1s }', at: 1 };
    const newer = { name: 'hot', page: 'profiles', query: 'cpu', at: 2, of: { service: 'shop' } };
    await writeFile(path, JSON.stringify({ saved: [newer, good, null], past: [{ page: 'profiles' }] }));
    const book = await SearchBook.open(home, () => 7);
    expect(book.list()).toEqual({ saved: [good], past: [] });
    expect(book.problem?.message).toMatch(/^2 of the saved searches are not listed/);
    await book.delete('slow', 'traces');
    const kept = JSON.parse(await readFile(path, 'utf8'));
    expect(kept).toEqual({ saved: [newer, null], past: [{ page: 'profiles' }] });
  });

  it('of a damaged file are none, and the file is kept aside', async () => {
    await writeFile(join(home, 'searches.json'), '[');
    const book = await SearchBook.open(home, () => 7);
    expect(book.list()).toEqual({ saved: [], past: [] });
    expect(book.problem).toMatchObject({ kind: 'searches-unreadable' });
    expect(await readFile(join(home, 'searches.json.bad-7'), 'utf8')).toBe('[');
  });
});
