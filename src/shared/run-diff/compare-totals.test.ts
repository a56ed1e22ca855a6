import { expect, it } from 'vitest';
import type { SpanShape } from '../runs/run-summary';
import { compareTotals } from './compare-totals';
import type { ShapePair } from './index-shapes';

const request = 'shop GET /orders';
const of = new Map([[request, 24]]);

function pair(name: string, before: number, after: number): ShapePair {
  const durations = { totalNs: 0, p50Ns: 0, p95Ns: 0, maxNs: 0, samples: [] };
  const shape = (count: number): SpanShape => ({
    ...{ request, parent: 'shop server GET /orders', service: 'shop', kind: 'client', name, count },
    ...{ errors: 0, retries: 0, query: true, durations, examples: [] },
  });
  return {
    key: name,
    shape: shape(after),
    ...(before > 0 && { before: shape(before) }),
    ...(after > 0 && { after: shape(after) }),
  } as ShapePair;
}

const told = (...pairs: ShapePair[]) =>
  compareTotals(pairs, { before: of, after: of }, 'queries').map(({ sentence }) => sentence);

it('tells of one query more a request, also where another was made once', () => {
  const once = pair('PRAGMA read_uncommitted', 1, 1);
  expect(told(once, pair('SELECT orders', 24, 24), pair('SELECT count', 0, 24))).toEqual([
    'shop GET /orders: 1.04 → 2.04 queries a request; +1 of SELECT count',
  ]);
  expect(told(once, pair('SELECT orders', 48, 24))).toEqual([
    'shop GET /orders: 2.04 → 1.04 queries a request; -1 of SELECT orders',
  ]);
});

it('tells nothing of one that is made once more, nor of one in the place of another', () => {
  expect(told(pair('PRAGMA read_uncommitted', 1, 2), pair('SELECT orders', 24, 24))).toEqual([]);
  expect(told(pair('PRAGMA x', 1, 1), pair('SELECT orders', 24, 0), pair('SELECT paid', 0, 24))).toEqual([]);
});
