import { describe, expect, it } from 'vitest';
import { call, internal, makeWork, query, server, times, type Work } from '../shapes/make-traces.test-data';
import { findInTrace } from './find-in-trace';

const rulesOf = (work: Work) => findInTrace(makeWork(work)).map(({ rule }) => rule);
const request = (...below: Work[]) => server('shop', 'GET /orders', { below });
const item = (id: number, extra = {}) => query('shop', `SELECT * FROM items WHERE id = ${id}`, extra);
const prepared = query('shop', 'SELECT * FROM items WHERE id = $1');
const price = (id: number, extra = {}) => call('shop', `GET http://prices/price/${id}`, extra);

describe('n-plus-one-queries', () => {
  it.each<[string, Work]>([
    ['one query for each row, with values', request(query('shop', 'SELECT * FROM orders'), ...times(5, item))],
    ['one query for each row, with placeholders', request(...times(6, () => prepared))],
    ['side by side', request(...times(6, (id) => item(id, { at: 1 })))],
    ['each in a span of its own', request(...times(5, (id) => internal('shop', 'load item', { below: [item(id)] })))],
    [
      'rows that are written one by one',
      request(...times(9, (id) => query('shop', `INSERT INTO lines VALUES (${id})`))),
    ],
    ['other work between them', request(...times(5, (id) => [item(id), internal('shop', `format ${id}`)]).flat())],
  ])('is told of %s', (_, work) => expect(rulesOf(work)).toEqual(['n-plus-one-queries']));

  it.each<[string, Work]>([
    ['four of them', request(...times(4, item))],
    [
      'pages of one result',
      request(...times(9, (page) => query('shop', `SELECT * FROM t ORDER BY id LIMIT 10 OFFSET ${page}`))),
    ],
    [
      'pages by key',
      request(...times(9, (page) => query('shop', `SELECT * FROM t WHERE id > ${page} ORDER BY id LIMIT 10`))),
    ],
    [
      'different queries',
      request(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => query('shop', `SELECT * FROM ${name} WHERE x = 1`))),
    ],
    [
      'a cache',
      request(...times(9, (id) => query('shop', `GET item:${id}`, { attributes: { 'db.system.name': 'redis' } }))),
    ],
    [
      'one that waits until something is there',
      request(
        ...times(6, () => query('shop', 'SELECT * FROM jobs WHERE id = $1', { ms: 1 })).map((work, index) => ({
          ...work,
          at: 200 * index,
        })),
      ),
    ],
    [
      'a batch of messages',
      {
        service: 'mail',
        kind: 'consumer',
        name: 'orders process',
        links: 6,
        below: times(6, (id) => query('mail', `INSERT INTO sent VALUES (${id})`)),
      },
    ],
    ['repeats of one that failed', request(...times(6, () => ({ ...prepared, error: 'locked' })))],
    ['transactions', request(...times(6, () => query('shop', 'COMMIT')))],
  ])('is not told of %s', (_, work) => expect(rulesOf(work).filter((rule) => /plus-one/.test(rule))).toEqual([]));

  it('tells what is asked how often, where, and the same in every run', () => {
    const work = (seed: number) => request(query('shop', 'SELECT * FROM orders'), ...times(7, (id) => item(id * seed)));
    const [one, other] = [findInTrace(makeWork(work(1))), findInTrace(makeWork(work(3)))];
    expect(one[0]).toMatchObject({ severity: 'problem', service: 'shop', occurrences: 1, traces: 1 });
    expect(one[0]!.sentence).toMatch(/^GET \/orders asks 7 times, in 14\.6 ms: SELECT \* FROM items WHERE id = \?$/);
    expect(one[0]!.evidence[0]).toMatchObject({ count: 7, durationNs: 14.6e6 });
    expect(one[0]!.evidence[0]!.spanIds).toHaveLength(7);
    expect(other[0]!.fingerprint).toBe(one[0]!.fingerprint);
    expect(one[0]!.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('m-n-plus-one-queries', () => {
  const stock = (id: number) => query('shop', `SELECT n FROM stock WHERE item = ${id}`);

  it.each<[string, Work]>([
    ['two queries in turn, three times', request(...times(3, (id) => [item(id), stock(id)]).flat())],
    [
      'in a span for each turn',
      request(...times(4, (id) => internal('shop', 'line', { below: [item(id), stock(id)] }))),
    ],
  ])('is told of %s, and nothing else is', (_, work) => expect(rulesOf(work)).toEqual(['m-n-plus-one-queries']));

  it.each<[string, Work]>([
    ['two turns', request(...times(2, (id) => [item(id), stock(id)]).flat())],
    ['one query with other work in turn', request(...times(3, (id) => [item(id), internal('shop', 'format')]).flat())],
    [
      'a turn of nine',
      request(...times(3, () => times(9, (table) => query('shop', `SELECT ${'abcdefghi'[table]} FROM t`))).flat()),
    ],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).not.toContain('m-n-plus-one-queries'));
});

describe('n-plus-one-calls', () => {
  it.each<[string, Work]>([
    ['one call for each thing', request(...times(5, (id) => price(id, { ms: 1 })))],
    ['one call for each thing on a busy machine', request(...times(5, (id) => price(id, { at: 40 * id, ms: 15 })))],
    [
      'calls of a method of gRPC',
      request(
        ...times(
          5,
          (): Work => ({
            service: 'shop',
            kind: 'client',
            name: 'prices.Prices/Get',
            ms: 2,
            attributes: { 'rpc.service': 'prices.Prices', 'rpc.method': 'Get' },
          }),
        ),
      ),
    ],
  ])('is told of %s', (_, work) => expect(rulesOf(work)).toContain('n-plus-one-calls'));

  it.each<[string, Work]>([
    ['four of them', request(...times(4, (id) => price(id, { ms: 1 })))],
    ['calls side by side', request(...times(8, (id) => price(id, { at: 1 + id / 10 })))],
    ['pages', request(...times(6, (page) => call('shop', `GET http://prices/all?page=${page}`)))],
    ['one that is asked again until it is ready', request(...times(6, () => call('shop', 'GET http://jobs/7')))],
    ['calls that work is done between', request(...times(6, (id) => price(id, { at: 40 * id })))],
    [
      'different addresses',
      request(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => call('shop', `GET http://prices/${name}`))),
    ],
    ['health checks', request(...times(6, (id) => call('shop', `GET http://node${'abcdef'[id]}/healthz`)))],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).not.toContain('n-plus-one-calls'));
});

describe('sequential-fan-out', () => {
  const part = (name: string, extra = {}) => call('shop', `GET http://${name}/all`, { ms: 20, ...extra });

  it('is told of calls that could be made side by side, with what that would win', () => {
    const [finding] = findInTrace(makeWork(request(part('sales'), part('stock'), part('staff', { ms: 30 }))));
    expect(finding).toMatchObject({ rule: 'sequential-fan-out', severity: 'hint' });
    expect(finding!.sentence).toContain(
      'waits for 3 calls one after the other, 70 ms of its 71.4 ms; side by side they would take about 30 ms',
    );
  });

  it.each<[string, Work]>([
    ['calls side by side', request(...['sales', 'stock', 'staff'].map((name) => part(name, { at: 1 })))],
    ['two of them', request(part('sales'), part('stock'))],
    ['short ones', request(...['sales', 'stock', 'staff'].map((name) => part(name, { ms: 2 })))],
    [
      'calls that write',
      request(...['sales', 'stock', 'staff'].map((name) => call('shop', `POST http://${name}/all`, { ms: 20 }))),
    ],
    [
      'calls between which work is done',
      request(...['sales', 'stock', 'staff'].map((name, index) => part(name, { at: 40 * index }))),
    ],
    [
      'one long call and two short ones',
      request(part('sales', { ms: 90 }), part('stock', { ms: 2 }), part('staff', { ms: 2 })),
    ],
    [
      'calls that are little of it',
      server('shop', 'GET /a', { ms: 400, below: ['sales', 'stock', 'staff'].map((name) => part(name)) }),
    ],
    ['a loop, which is told as such', request(...times(6, (id) => price(id, { ms: 20 })))],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).not.toContain('sequential-fan-out'));
});

describe('duplicate-work', () => {
  it.each<[string, Work]>([
    ['the very same query three times', request(...times(3, () => item(7)))],
    [
      'the same placeholders with the same values',
      request(
        ...times(3, () => ({ ...prepared, attributes: { ...prepared.attributes, 'db.query.parameter.0': '7' } })),
      ),
    ],
    [
      'the very same call, from different places of one program',
      request(
        price(1),
        internal('shop', 'total', { below: [price(1)] }),
        internal('shop', 'tax', { below: [price(1)] }),
      ),
    ],
  ])('is told of %s', (_, work) => expect(rulesOf(work)).toEqual(['duplicate-work']));

  it.each<[string, Work]>([
    ['twice', request(item(7), item(7))],
    ['other values', request(item(7), item(8), item(9))],
    ['placeholders whose values are not told', request(prepared, prepared, prepared)],
    ['a write between', request(item(7), item(7), query('shop', 'UPDATE items SET n = 1 WHERE id = 7'), item(7))],
    ['one that is asked again and again with pauses', request(...times(4, (index) => item(7, { at: 300 * index })))],
    ['repeats of one that failed', request(...times(4, () => item(7, { error: 'locked' })))],
    ['a check whether the database lives', request(...times(4, () => query('shop', 'SELECT 1')))],
    ['different programs', request(...['a', 'b', 'c'].map((name) => call(name, 'GET http://config/all')))],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).not.toContain('duplicate-work'));
});
