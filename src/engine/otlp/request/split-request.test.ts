import { expect, test } from 'vitest';
import type { Signal } from '../../wire/signal';
import { encodeOtlpJson } from '../json/encode-otlp-json';
import { splitRequest } from './split-request';
import { oracleOf } from './test-oracle';
import { validateRequest } from './validate-request';

type Json = Record<string, unknown>;

const attributes = (name: string) => [{ key: 'name', value: { stringValue: name } }];
const many = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));

/** Each item with everything it stands under. */
function itemsOf(signal: Signal, request: Uint8Array): string[] {
  const oracle = oracleOf(signal);
  const read = oracle.toObject(oracle.decode(request), { longs: String, bytes: String }) as Json;
  const flat = (json: Json, under: string, names: readonly string[]): string[] => {
    const [name, ...deeper] = names;
    if (name === undefined) return [`${under} ${JSON.stringify(json)}`];
    const { [name]: inner, ...head } = json;
    const children = (Array.isArray(inner) ? inner : inner === undefined ? [] : [inner]) as Json[];
    return children.flatMap((child) => flat(child, `${under} ${JSON.stringify(head)}`, deeper));
  };
  const names: Record<Signal, string[][]> = {
    traces: [['resourceSpans', 'scopeSpans', 'spans']],
    logs: [['resourceLogs', 'scopeLogs', 'logRecords']],
    metrics: ['gauge', 'sum', 'histogram'].map((data) => [
      'resourceMetrics',
      'scopeMetrics',
      'metrics',
      data,
      'dataPoints',
    ]),
  };
  return names[signal].flatMap((path) => flat(read, '', path));
}

const requests: readonly [Signal, Json][] = [
  [
    'logs',
    {
      resourceLogs: [
        { resource: { attributes: attributes('r') }, scopeLogs: [{ logRecords: many(20_000, () => ({})) }] },
      ],
    },
  ],
  [
    'traces',
    {
      resourceSpans: many(3, (r) => ({
        resource: { attributes: attributes(`r${r}`) },
        schemaUrl: `s${r}`,
        scopeSpans: many(3, (s) => ({
          scope: { name: `s${s}` },
          spans: many(r === 1 && s === 1 ? 0 : 1500, (i) => ({
            name: `${r}/${s}/${i}`,
            attributes: attributes('x'.repeat(i % 300)),
          })),
        })),
      })),
    },
  ],
  [
    'metrics',
    {
      resourceMetrics: [
        {
          resource: { attributes: attributes('r') },
          scopeMetrics: [
            {
              metrics: [
                {
                  name: 'a',
                  unit: 's',
                  sum: {
                    isMonotonic: true,
                    aggregationTemporality: 2,
                    dataPoints: many(20_000, (i) => ({ asInt: `${i}` })),
                  },
                },
                { name: 'b', gauge: { dataPoints: many(10, (i) => ({ asDouble: i })) } },
                {
                  name: 'c',
                  histogram: {
                    aggregationTemporality: 1,
                    dataPoints: many(5000, (i) => ({ count: `${i}`, bucketCounts: many(20, String) })),
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
];

test.each(requests)(
  'a large request of %s in pieces holds the same items in order, each under what it stood',
  (signal, json) => {
    const request = encodeOtlpJson(signal, json);
    const pieces = splitRequest(signal, request)!;
    const stored = pieces.flatMap((piece) => itemsOf(signal, piece));
    const sent = itemsOf(signal, request);
    expect(pieces.length).toBeGreaterThan(2);
    expect(stored.length).toBe(sent.length);
    // The order of metrics of different kinds is that of this test, not of the request.
    if (signal === 'metrics') expect(stored.sort().join('\n') === sent.sort().join('\n')).toBe(true);
    else expect(stored.join('\n') === sent.join('\n')).toBe(true);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThan(600 * 1024);
      expect(validateRequest(signal, piece)).toMatchObject({ items: expect.any(Number), rejected: expect.any(Number) });
    }
    // Two equal pieces would be taken for a request and its repeat.
    expect(new Set(pieces.map((piece) => Buffer.from(piece).toString('latin1'))).size).toBe(pieces.length);
    const again = splitRequest(signal, request)!;
    expect(again.map((piece, index) => Buffer.compare(piece, pieces[index]!))).toEqual(pieces.map(() => 0));
  },
);

function resourceOf(bytes: number, records: number): Uint8Array {
  const resource = { attributes: attributes('r'.repeat(bytes)) };
  return encodeOtlpJson('logs', {
    resourceLogs: [{ resource, scopeLogs: [{ logRecords: many(records, () => ({})) }] }],
  });
}

test('a resource with values of a mebibyte goes into each piece', () => {
  const request = resourceOf(2 * 1024 * 1024, 200_000);
  const pieces = splitRequest('logs', request)!;
  const items = pieces.map((piece) => (validateRequest('logs', piece) as { items: number }).items);
  expect(items.reduce((sum, count) => sum + count, 0)).toBe(200_000);
});

test('what would have to stand in every piece is bounded', () => {
  expect(splitRequest('logs', resourceOf(8 * 1024 * 1024, 200_000))).toBeNull();
});
