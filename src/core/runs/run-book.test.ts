import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunBegin } from '../../shared/contract/runs';
import type { Problem } from '../../shared/problem';
import type { Run } from '../../shared/runs/run';
import type { RunSummary } from '../../shared/runs/run-summary';
import { RunBook, type RunBookOptions } from './run-book';

let home: string;
let now = 1_000_000;
const living = new Map<number, string>();
const books: RunBook[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-runs-'));
  now = 1_000_000;
  living.clear();
  living.set(1, 'start of 1');
});
afterEach(async () => {
  for (const book of books.splice(0)) await book.close();
  await rm(home, { recursive: true });
});

async function open(options: Partial<RunBookOptions> = {}): Promise<RunBook> {
  const book = await RunBook.open({
    home,
    now: () => now,
    identify: async (pid) => (living.has(pid) ? { pid, started: living.get(pid)! } : null),
    onUnkept() {},
    ...options,
  });
  books.push(book);
  return book;
}

const begun = (name: string): RunBegin => ({
  name,
  command: ['node', 'app.js'],
  folder: '/shop',
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  pid: 1,
});

async function run(book: RunBook, name: string, end = true): Promise<Run> {
  now += 1_000;
  const run = got(await book.begin(begun(name)));
  return end ? got(await book.end(run.id, { exitCode: 0 })) : run;
}

function got<Value extends object>(answer: Value | { problem: Problem }): Value {
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer;
}

const kindOf = (answer: object | null) =>
  answer && 'problem' in answer ? (answer.problem as Problem).kind : (answer as Problem | null)?.kind;
const fileOf = (id: string) => join(home, 'runs', `${id}.json`);
const summaryOf = (run: Run): RunSummary => ({
  version: 1,
  run,
  telemetry: {
    traces: 0,
    spans: 0,
    errorSpans: 0,
    services: [],
    requests: [],
    shapes: [],
    templates: [],
    metrics: [],
    findings: [],
    leftOut: [],
  },
});

describe('RunBook', () => {
  it('keeps runs, their labels and summaries over a restart, readable for this user alone', async () => {
    const book = await open();
    const one = await run(book, 'shop');
    got(await book.label(one.id, 'before the index'));
    got(await book.pin(one.id, true));
    expect(await book.keepSummary(summaryOf(one))).toBeNull();
    const again = await open();
    expect(again.list()).toEqual([{ ...one, label: 'before the index', pinned: true }]);
    expect(await again.summaryOf(one)).toMatchObject({ version: 1, run: { id: one.id, name: 'shop' } });
    for (const name of await readdir(join(home, 'runs')))
      expect((await stat(join(home, 'runs', name))).mode & 0o777).toBe(0o600);
    expect(got(await again.label(one.id, '')).label).toBeUndefined();
  });

  it('tells a run whose process is gone as lost, with the time when it was last seen', async () => {
    const book = await open();
    const lost = await run(book, 'shop', false);
    now += 60_000;
    await book.lookAfter();
    expect(book.list()[0]).toMatchObject({ state: 'running', endedAt: null });
    const seen = now;
    living.clear();
    now += 60_000;
    await book.lookAfter();
    expect(book.list()[0]).toMatchObject({ state: 'lost', id: lost.id, endedAt: seen });
    // What is told late holds.
    expect(got(await book.end(lost.id, { exitCode: 3 }))).toMatchObject({ state: 'ended', exitCode: 3 });
  });

  it('looks by itself as long as one runs', async () => {
    const book = await open({ lookMs: 1 });
    await run(book, 'shop', false);
    living.clear();
    await expect.poll(() => book.list()[0]?.state).toBe('lost');
  });

  it('takes no later process of the same pid for the one that ran it', async () => {
    await run(await open(), 'shop', false);
    living.set(1, 'another start');
    expect((await open()).list()[0]).toMatchObject({ state: 'lost' });
  });

  it('finds runs by id, start of an id, name, how far back, and last', async () => {
    const book = await open();
    const [first, second, other] = [await run(book, 'shop'), await run(book, 'shop'), await run(book, 'other')];
    const idOf = (ref: string) => got(book.find(ref)).id;
    expect(idOf('shop')).toBe(second.id);
    expect(idOf('shop~1')).toBe(first.id);
    expect(idOf('last')).toBe(other.id);
    expect(idOf('last~2')).toBe(first.id);
    expect(idOf(first.id)).toBe(first.id);
    const alone = [2, 3, 4, 5, 6, 7, 8]
      .map((length) => first.id.slice(0, length))
      .find((start) => ![second, other].some(({ id }) => id.startsWith(start)));
    expect(idOf(alone!)).toBe(first.id);
    for (const ref of ['shop~2', 'nobody', 'last~3', 'zzzzzzzz', ''])
      expect(kindOf(book.find(ref)), ref).toBe('unknown-run');
  });

  it('refuses the start of two ids, and names both', async () => {
    const book = await open();
    const one = await run(book, 'shop');
    const twin = { ...one, id: `${one.id.slice(0, 7)}${one.id.endsWith('a') ? 'b' : 'a'}` };
    await writeFile(fileOf(twin.id), JSON.stringify({ version: 1, run: twin, process: { pid: 1, started: '' } }));
    const answer = (await open()).find(one.id.slice(0, 7));
    expect(answer).toMatchObject({ problem: { kind: 'run-ambiguous', hint: expect.stringContaining(twin.id) } });
  });

  it.each(['last', 'shop~1', 'two\nlines', '', 'x'.repeat(101)])('lets no run be called %j', async (name) => {
    expect(kindOf(await (await open()).begin(begun(name)))).toBe('run-name-invalid');
  });

  it('keeps the newest, those that are pinned, and those that run', async () => {
    const book = await open({ most: 3 });
    const pinned = await run(book, 'pinned');
    got(await book.pin(pinned.id, true));
    const running = await run(book, 'running', false);
    for (const name of ['a', 'b', 'c', 'd']) {
      const each = await run(book, name);
      await book.keepSummary(summaryOf(each));
    }
    const names = () => book.list().map(({ name }) => name);
    expect(names()).toEqual(['d', 'c', 'b', 'running', 'pinned']);
    expect((await open({ most: 3 })).list().map(({ name }) => name)).toEqual(names());
    got(await book.end(running.id, { exitCode: 0 }));
    expect(names()).toEqual(['d', 'c', 'b', 'pinned']);
    expect(await readdir(join(home, 'runs'))).toHaveLength(7);
  });

  it('names a run that a newer version wrote, and one that is damaged, and leaves both as they are', async () => {
    const book = await open();
    const [newer, damaged] = [await run(book, 'shop'), await run(book, 'shop')];
    await writeFile(fileOf(newer.id), '{"version":2,"shape":"unknown"}');
    await writeFile(fileOf(damaged.id), '{"version":1,"ru');
    const again = await open();
    expect(again.list()).toEqual([]);
    expect(kindOf(again.find(newer.id))).toBe('run-newer');
    expect(kindOf(again.find(damaged.id))).toBe('run-unreadable');
    await run(again, 'shop');
    expect(await readFile(fileOf(newer.id), 'utf8')).toBe('{"version":2,"shape":"unknown"}');
    expect(await readFile(fileOf(damaged.id), 'utf8')).toBe('{"version":1,"ru');
  });

  it('deletes a run with its summary, but none that runs', async () => {
    const book = await open();
    const one = await run(book, 'shop');
    await book.keepSummary(summaryOf(one));
    expect(await book.delete(one.id)).toBeNull();
    expect(await readdir(join(home, 'runs'))).toEqual([]);
    const running = await run(book, 'shop', false);
    expect(kindOf(await book.delete(running.id))).toBe('run-not-ended');
  });

  it('keeps the order of starts and no time before the start where the clock was set back', async () => {
    const book = await open();
    const before = await run(book, 'shop');
    now -= 60_000;
    const after = await run(book, 'shop', false);
    expect(got(book.find('last')).id).toBe(after.id);
    now -= 60_000;
    const ended = got(await book.end(after.id, { exitCode: 0 }));
    expect(ended.endedAt).toBe(ended.startedAt);
    expect(got(book.find('last~1')).id).toBe(before.id);
  });

  it('tells every change to who listens', async () => {
    const book = await open();
    let told = 0;
    const stop = book.subscribe(() => told++);
    const one = await run(book, 'shop', false);
    expect(told).toBe(1);
    await book.end(one.id, { exitCode: 0 });
    expect(told).toBe(2);
    stop();
    await book.pin(one.id, true);
    expect(told).toBe(2);
  });

  it('says that a run could not be written', async () => {
    await writeFile(join(home, 'runs'), 'in the way');
    const unkept: Error[] = [];
    const book = await open({ onUnkept: (error) => unkept.push(error) });
    expect(kindOf(await book.begin(begun('shop')))).toBe('run-not-written');
    expect(unkept.length).toBeGreaterThan(0);
  });
});
