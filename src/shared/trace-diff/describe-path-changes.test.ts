import { expect, it } from 'vitest';
import { makeWork, query, server, times } from '../shapes/make-traces.test-data';
import { layoutTrace } from '../trace/layout-trace';
import { comparePaths } from './compare-paths';
import { describePathChanges } from './describe-path-changes';

const order = (count: number, ms: number, error?: string) =>
  makeWork(
    server('shop', 'GET /orders', {
      ms: 100,
      below: [
        ...times(count, (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`, { ms: 2 })),
        { service: 'shop', kind: 'internal', name: 'render\u202e', ms },
        ...(error === undefined ? [] : [{ service: 'shop', kind: 'internal' as const, name: 'pay', ms: 0.1, error }]),
      ],
    }),
  );

type Order = ReturnType<typeof order> & { total?: number };

function told(...[one, other]: [Order, Order]): string[] {
  const [a, b] = [one, other].map((trace) => ({ trace, layout: layoutTrace(trace) }));
  return describePathChanges({ a: a!, b: b!, paths: comparePaths(a!.layout, b!.layout), link: '/here' }).split('\n');
}

it('says what differs, what fails first, then by how much own time', () => {
  const lines = told(order(1, 5), order(4, 30, 'declined'));
  expect(lines[1]).toContain('7 spans, 1 failed');
  expect(lines.slice(3, -1)).toEqual([
    '- new: shop pay: 0 ns → 100 µs own, 0 ns → 100 µs in all, ×0 → ×1, failed 0 → 1',
    '- slower: shop render‹U+202E›: 5 ms → 30 ms own, 5 ms → 30 ms in all',
    '- slower: shop SELECT * FROM items WHERE id = ?: 2 ms → 8 ms own, 2 ms → 8 ms in all, ×1 → ×4',
  ]);
  expect(lines.at(-1)).toBe('/here');
});

it('says that nothing differs', () => {
  expect(told(order(2, 5), order(2, 5))[2]).toContain('same structure');
});

it('says of a trace that is here in part how much of it is compared', () => {
  const [first, second] = told({ ...order(2, 5), total: 1_000_000 }, order(2, 5));
  expect(first).toContain('It has 1000000 spans: this tells of');
  expect(second).not.toContain('It has');
});
