import { expect, it } from 'vitest';
import { makeWork, query, server, times, type Work } from '../shapes/make-traces.test-data';
import { layoutTrace } from '../trace/layout-trace';
import { comparePaths } from './compare-paths';

const layoutOf = (below: Work[], ms = 50) => layoutTrace(makeWork(server('shop', 'GET /orders', { ms, below })));
const named = (name: string, ms: number, error?: string): Work => ({
  ...{ service: 'shop', kind: 'internal', name, ms },
  ...(error === undefined ? {} : { error }),
});
const changes = (was: Work[], is: Work[]) =>
  comparePaths(layoutOf(was), layoutOf(is)).map(({ name, change }) => `${name}: ${change}`);

it('says of each path what became of it', () => {
  expect(
    changes(
      [
        named('same', 5),
        named('slow', 5),
        named('gone', 1),
        named('breaks', 5),
        named('quick', 30),
        named('heals', 1, 'x'),
      ],
      [
        named('new', 1),
        named('same', 5.5),
        named('slow', 9),
        named('breaks', 5, 'no'),
        named('quick', 3),
        named('heals', 1),
      ],
    ),
  ).toEqual([
    'GET /orders: same',
    'new: new',
    'same: same',
    'slow: slower',
    'breaks: fails',
    'quick: faster',
    'heals: recovered',
    'gone: gone',
  ]);
});

it('counts spans that do the same as one path, and tells that there are more of them', () => {
  const items = (count: number, ms: number) =>
    times(count, (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`, { ms }));
  const [, more] = comparePaths(layoutOf(items(2, 0.1)), layoutOf(items(8, 0.1)));
  expect(more).toMatchObject({ change: 'more', before: { failed: 0 }, after: { failed: 0 } });
  expect([more!.before!.spans.length, more!.after!.spans.length]).toEqual([2, 8]);
  expect(comparePaths(layoutOf(items(2, 2)), layoutOf(items(8, 2)))[1]!.change).toBe('slower');
});

it('marks what has a change below it, at any depth', () => {
  const deep = (ms: number): Work => ({ ...named('a', 40), below: [{ ...named('b', 40), below: [named('c', ms)] }] });
  expect(comparePaths(layoutOf([deep(1)]), layoutOf([deep(30)])).map(({ changedBelow }) => changedBelow)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

it('compares with a trace that has nothing in common', () => {
  const paths = comparePaths(layoutOf([]), layoutTrace(makeWork(server('other', 'GET /'))));
  expect(paths.map(({ service, change, before, after }) => [service, change, before === null, after === null])).toEqual(
    [
      ['other', 'new', true, false],
      ['shop', 'gone', false, true],
    ],
  );
});
