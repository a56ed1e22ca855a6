import { expect, it } from 'vitest';
import { chooseNearRoots } from './choose-near-roots';

const choose = (most: number, ...spans: [id: string, parent: string, worth?: number][]) =>
  chooseNearRoots(
    { ids: spans.map(([id]) => id), parents: spans.map(([, parent]) => parent), worth: (at) => spans[at]![2] ?? 0 },
    most,
  ).map((at) => spans[at]![0]);

it('takes whole levels from the roots down, and of the last the worthiest', () => {
  const spans: [string, string, number?][] = [
    ['deep', 'b', 9],
    ['root', ''],
    ['a', 'root', 1],
    ['b', 'root', 3],
    ['c', 'root', 2],
    ['orphan', 'lost'],
  ];
  expect(choose(2, ...spans)).toEqual(['root', 'orphan']);
  expect(choose(4, ...spans)).toEqual(['root', 'b', 'c', 'orphan']);
  expect(choose(6, ...spans)).toHaveLength(6);
});

it('takes exactly as many where many are worth the same', () => {
  const children = Array.from({ length: 100 }, (_, at): [string, string] => [`c${at}`, 'root']);
  expect(choose(41, ['root', ''], ...children)).toHaveLength(41);
});

it('ends where parents go in a circle, or a span is its own', () => {
  expect(choose(1, ['a', 'b'], ['b', 'a'])).toEqual([]);
  expect(choose(1, ['a', 'a'], ['b', 'a'])).toEqual(['a']);
});
