import { getEventMeta } from '@orpc/server';
import { afterEach, expect, it, vi } from 'vitest';
import { KeptTails } from './kept-tails';

interface Batch {
  items: string[];
  dropped: number;
  opened?: true;
}

/** A tail whose batches a test pushes; `opened` counts how often the backend was asked for one. */
class Source {
  readonly opened: string[] = [];
  readonly ended: string[] = [];
  #pushes: ((batch: Batch | Error) => void)[] = [];

  open = async function* (this: Source, query: string, signal: AbortSignal): AsyncGenerator<Batch> {
    this.opened.push(query);
    const waiting: (Batch | Error)[] = [];
    let wake = () => {};
    this.#pushes.push((batch) => {
      waiting.push(batch);
      wake();
    });
    signal.addEventListener('abort', () => wake());
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next instanceof Error) throw next;
      if (next) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    this.ended.push(query);
  }.bind(this);

  push(...items: string[]): void {
    for (const push of this.#pushes) push({ items, dropped: 0 });
  }

  fail(error: Error): void {
    for (const push of this.#pushes) push(error);
  }
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function open(keepMs?: number, saysBegin = false) {
  const source = new Source();
  const tails = new KeptTails<Batch>({
    open: source.open,
    begin: { items: [], dropped: 0, opened: true },
    saysBegin,
    missed: (dropped) => ({ items: [], dropped }),
    weigh: ({ items }) => ({ items: items.length, bytes: items.join('').length }),
    ...(keepMs !== undefined && { keepMs }),
  });
  stops.push(() => tails.close());
  return { source, tails };
}

/** A reader, its place, and what ends its connection. */
function connect(tails: KeptTails<Batch>, query: string, lastEventId?: string) {
  const abort = new AbortController();
  const feed = tails.follow(query, lastEventId, abort.signal);
  let id = lastEventId;
  return {
    async next(): Promise<Batch> {
      const { value } = await feed.next();
      id = getEventMeta(value)?.id ?? id;
      return value as Batch;
    },
    lastId: () => id,
    async cut() {
      abort.abort();
      await feed.return(undefined);
    },
    feed,
  };
}

it('tells a reader who comes back what it missed, once, and goes on', async () => {
  const { source, tails } = open();
  const first = connect(tails, '{}');
  expect(await first.next()).toMatchObject({ opened: true });
  source.push('a');
  expect((await first.next()).items).toEqual(['a']);
  await first.cut();
  source.push('b');
  source.push('c', 'd');
  const again = connect(tails, '{}', first.lastId());
  expect((await again.next()).items).toEqual(['b']);
  expect((await again.next()).items).toEqual(['c', 'd']);
  source.push('e');
  expect(await again.next()).toEqual({ items: ['e'], dropped: 0 });
  expect(source.opened).toEqual(['{}']);
});

/** Reads on until the tail has taken in a batch that holds this item. */
async function until(reader: ReturnType<typeof connect>, item: string): Promise<void> {
  while (!(await reader.next()).items.includes(item));
}

it('says that a tail begins once: what its source says when it opens, and of one that is open already by itself', async () => {
  const { source, tails } = open(undefined, true);
  const first = connect(tails, '{}');
  const told = first.next();
  await vi.waitFor(() => expect(source.opened).toHaveLength(1));
  source.push('opened');
  expect((await told).items).toEqual(['opened']);
  const second = connect(tails, '{}');
  expect(await second.next()).toMatchObject({ items: [], opened: true });
  source.push('a');
  expect((await first.next()).items).toEqual(['a']);
  expect((await second.next()).items).toEqual(['a']);
});

it('counts what was too much to keep', async () => {
  const { source, tails } = open();
  const [first, witness] = [connect(tails, '{}'), connect(tails, '{}')];
  await Promise.all([first.next(), witness.next()]);
  source.push('a');
  await first.next();
  await first.cut();
  for (let time = 0; time < 60; time++) source.push(...Array.from({ length: 100 }, (_, each) => `${time} ${each}`));
  source.push('last');
  await until(witness, 'last');
  const again = connect(tails, '{}', first.lastId());
  const lost = await again.next();
  expect(lost.items).toEqual([]);
  let told = 0;
  for (let batch = await again.next(); ; batch = await again.next()) {
    told += batch.items.length;
    if (batch.items.includes('last')) break;
  }
  expect(lost.dropped + told).toBe(6001);
  expect(told).toBeGreaterThan(4800);
});

it('bounds by bytes as well, and keeps the newest batch whatever its size', async () => {
  const { source, tails } = open();
  const [first, witness] = [connect(tails, '{}'), connect(tails, '{}')];
  await Promise.all([first.next(), witness.next()]);
  source.push('a');
  await first.next();
  await first.cut();
  const line = 'x'.repeat(5 * 1024 * 1024);
  source.push('small');
  source.push(line, line, 'last');
  await until(witness, 'last');
  const again = connect(tails, '{}', first.lastId());
  expect(await again.next()).toEqual({ items: [], dropped: 1 });
  expect((await again.next()).items).toHaveLength(3);
});

it('begins anew, and says so, for an id that it does not know', async () => {
  const { source, tails } = open();
  for (const id of ['nonsense', 'a:1:1', '', '::', 'a:-1:x']) {
    const reader = connect(tails, '{}', id);
    expect(await reader.next(), id).toMatchObject({ opened: true });
    await reader.cut();
  }
  const reader = connect(tails, '{}');
  await reader.next();
  const forged = connect(tails, '{}', `${reader.lastId()!.split(':')[0]}:99:99`);
  expect(await forged.next()).toMatchObject({ opened: true });
  expect(source.opened).toEqual(['{}']);
});

it('gives readers of one query one tail, each with its own place, and other queries their own', async () => {
  const { source, tails } = open();
  const [one, two, other] = [connect(tails, '{}'), connect(tails, '{}'), connect(tails, '{ b }')];
  await Promise.all([one.next(), two.next(), other.next()]);
  source.push('a');
  expect((await one.next()).items).toEqual(['a']);
  expect((await two.next()).items).toEqual(['a']);
  expect(source.opened).toEqual(['{}', '{ b }']);
});

it('ends a tail when nobody came back in time, and begins anew after it', async () => {
  const { source, tails } = open(0);
  const first = connect(tails, '{}');
  await first.next();
  await first.cut();
  await expect.poll(() => source.ended).toEqual(['{}']);
  const again = connect(tails, '{}', first.lastId());
  expect(await again.next()).toMatchObject({ opened: true });
  expect(source.opened).toEqual(['{}', '{}']);
});

it('keeps few tails without a reader: the oldest goes first', async () => {
  const { source, tails } = open();
  for (const query of ['1', '2', '3', '4', '5', '6']) {
    const reader = connect(tails, query);
    await reader.next();
    await reader.cut();
  }
  await expect.poll(() => source.ended).toEqual(['1', '2']);
});

it('passes on why a query was refused, and asks again when it is followed again', async () => {
  const { source, tails } = open();
  const first = connect(tails, '{');
  await first.next();
  source.fail(new Error('unexpected end'));
  await expect(first.feed.next()).rejects.toThrow('unexpected end');
  const again = connect(tails, '{');
  expect(await again.next()).toMatchObject({ opened: true });
  expect(source.opened).toEqual(['{', '{']);
});
