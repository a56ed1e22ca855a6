import { describe, expect, it } from 'vitest';
import { times } from '../../shapes/make-traces.test-data';
import { findInSeries } from '../find-in-series';
import type { SeriesLabels } from './many-labels';

const series = (count: number, label: string, value: (index: number) => string, more: SeriesLabels = {}) =>
  times(count, (index) => ({ __name__: 'orders_total', service_name: 'shop', [label]: value(index), ...more }));
const word = (index: number) =>
  [...index.toString(26)].map((digit) => 'abcdefghijklmnopqrstuvwxyz'[Number.parseInt(digit, 26)]).join('');
const sentences = (...of: Parameters<typeof series>) => findInSeries(series(...of)).map(({ sentence }) => sentence);

describe('labels of metrics that hold values', () => {
  it.each([
    ['numbers', (index: number) => `${1000 + index}`, '<*>'],
    ['numbered words', (index: number) => `user-${100 + index}`, 'user-<*>'],
    ['paths with ids', (index: number) => `/orders/${index}/items`, '/orders/<*>/items'],
    ['addresses', (index: number) => `http://shop/orders/${1000 + index}`, 'http://shop/orders/<*>'],
    ['uuids', (index: number) => `0b1c2d3e-1111-4222-8333-${String(index).padStart(12, '4')}`, '<*>'],
  ])('are told from twenty on of one kind: %s', (_, value, kind) => {
    expect(sentences(20, 'customer', value)).toEqual([
      `The label customer of orders_total has 20 or more values of one kind: ${kind}, a series each`,
    ]);
    expect(sentences(19, 'customer', value)).toEqual([]);
  });

  it('are told from two hundred words on', () => {
    expect(sentences(200, 'customer', word)).toEqual([
      'The label customer of orders_total has 200 or more values, a series each',
    ]);
    expect(sentences(199, 'customer', word)).toEqual([]);
  });

  it.each([
    ['the buckets of a histogram', 'le', (index: number) => `${index / 10}`],
    ['instances', 'instance', (index: number) => `10.0.0.${index}:9090`],
    ['processes', 'process_pid', (index: number) => `${4000 + index}`],
    ['pods', 'k8s_pod_name', (index: number) => `shop-7d9f8b6c5-${1000 + index}`],
    ['status codes', 'http_response_status_code', (index: number) => `${400 + index}`],
    ['runs', 'watchtower_run_id', (index: number) => `abcd${1000 + index}`],
    ['one value in many series', 'customer', () => '1234'],
  ])('are not %s', (_, label, value) => {
    expect(sentences(60, label, value)).toEqual([]);
  });

  it('are told once a metric, whatever series it is made of, and with one fingerprint whichever values they are', () => {
    const histogram = (from: number) =>
      ['_bucket', '_count', '_sum'].flatMap((part) =>
        series(30, 'path', (index) => `/orders/${from + index}`, { __name__: `took_seconds${part}`, le: '1' }),
      );
    const [one, ...others] = findInSeries(histogram(100));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ rule: 'many-names', severity: 'hint', service: 'shop', evidence: [] });
    expect(findInSeries(histogram(9000))[0]!.fingerprint).toBe(one!.fingerprint);
  });

  it('are told apart by service and metric', () => {
    const found = findInSeries([
      ...series(20, 'user', String),
      ...series(20, 'user', String, { service_name: 'stock' }),
      ...series(10, 'user', (index) => `a${index}`, { __name__: 'a_total' }),
      ...series(10, 'user', (index) => `a${10 + index}`, { __name__: 'b_total' }),
    ]);
    expect(found.map(({ service }) => service)).toEqual(['shop', 'stock']);
  });
});
