import { expect, it } from 'vitest';
import { makeWork, query, server, times } from '../shapes/make-traces.test-data';
import { layoutTrace } from '../trace/layout-trace';
import { findRepeats } from './find-repeats';

const item = (id: number) => query('orders', `SELECT * FROM order_items WHERE id = ${id}`);
const price = (id: number) => query('orders', `SELECT price FROM products WHERE id = ${id}`);
const repeatsOf = (...below: ReturnType<typeof item>[]) =>
  findRepeats(layoutTrace(makeWork(server('orders', 'GET /orders', { below })))).list.map(({ name, positions }) => [
    name,
    positions.length,
  ]);

it('groups siblings by what they ask, values aside, also where others stand between them', () => {
  expect(repeatsOf(...times(6, (index) => [item(index), price(index)]).flat())).toEqual([
    ['SELECT * FROM order_items WHERE id = ?', 6],
    ['SELECT price FROM products WHERE id = ?', 6],
  ]);
});

it('leaves a few alone, and does not mix those of different parents, services or kinds', () => {
  expect(repeatsOf(...times(4, item))).toEqual([]);
  expect(repeatsOf(...times(4, item), { ...item(9), service: 'stock' })).toEqual([]);
  const apart = makeWork([
    server('a', 'GET /a', { below: times(3, item) }),
    server('a', 'GET /a', { below: times(3, item) }),
  ]);
  expect(findRepeats(layoutTrace(apart)).list).toEqual([]);
});

it('groups roots, and knows a group again when more of it has come', () => {
  const roots = makeWork(times(6, () => server('worker', 'process job')));
  const [now] = findRepeats(layoutTrace(roots)).list;
  const [before] = findRepeats(layoutTrace({ ...roots, spans: roots.spans.slice(0, 5) })).list;
  expect(now).toMatchObject({ parent: -1, service: 'worker' });
  expect(now!.positions).toHaveLength(6);
  expect(before!.id).toBe(now!.id);
});
