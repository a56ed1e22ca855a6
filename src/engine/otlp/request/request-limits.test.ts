import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Signal } from '../../wire/signal';
import { openTestReceivers, type TestReceivers } from '../test-receivers';
import { validateRequest } from './validate-request';

let receivers: TestReceivers | undefined;
afterEach(async () => {
  await receivers?.close();
  receivers = undefined;
});

/** A field of a message around `content`. */
function field(number: number, content: Uint8Array): Buffer {
  const head = [number * 8 + 2];
  let rest = content.length;
  for (; rest >= 128; rest >>>= 7) head.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...head, rest]), content]);
}

/** `inner` within the messages of these field numbers. */
const within = (numbers: readonly number[], inner: Uint8Array) =>
  numbers.reduceRight<Uint8Array>((content, number) => field(number, content), inner);

const MANY = 8_100_000;
const empties = (number: number) => Buffer.alloc(2 * MANY, Uint8Array.of(number * 8 + 2, 0));

const hostile: readonly [string, Signal, () => Uint8Array, string][] = [
  ['log records', 'logs', () => within([1, 2], empties(2)), 'too-many-items'],
  ['spans', 'traces', () => within([1, 2], empties(2)), 'too-many-items'],
  ['gauge points', 'metrics', () => within([1, 2, 2, 5], empties(1)), 'too-many-items'],
  ['histogram points', 'metrics', () => within([1, 2, 2, 9], empties(1)), 'too-many-items'],
  ['resources', 'logs', () => empties(1), 'too-many-parts'],
  ['scopes', 'traces', () => within([1], empties(2)), 'too-many-parts'],
  ['metrics', 'metrics', () => within([1, 2], empties(2)), 'too-many-parts'],
  ['resource attributes', 'logs', () => within([1, 1], empties(1)), 'too-many-parts'],
  ['log attributes', 'logs', () => within([1, 2, 2], empties(6)), 'too-many-parts'],
  ['events', 'traces', () => within([1, 2, 2], empties(11)), 'too-many-parts'],
  ['links', 'traces', () => within([1, 2, 2], empties(13)), 'too-many-parts'],
  ['values of an array', 'logs', () => within([1, 2, 2, 5, 5], empties(1)), 'too-many-parts'],
  ['members of a map', 'logs', () => within([1, 2, 2, 5, 6], empties(1)), 'too-many-parts'],
  ['unknown fields', 'logs', () => Buffer.alloc(2 * MANY, Uint8Array.of(0x78, 0)), 'too-many-parts'],
  ['keys of entities', 'logs', () => within([1, 1, 3], empties(3)), 'too-many-parts'],
  [
    'severities of one record',
    'logs',
    () => within([1, 2, 2], Buffer.alloc(2 * MANY, Uint8Array.of(0x10, 0))),
    'too-many-parts',
  ],
  ['exemplars', 'metrics', () => within([1, 2, 2, 5, 1], empties(5)), 'too-many-parts'],
  ['quantiles', 'metrics', () => within([1, 2, 2, 11, 1], empties(6)), 'too-many-parts'],
  ['buckets', 'metrics', () => within([1, 2, 2, 9, 1], field(6, Buffer.alloc(8 * 300_000))), 'item-too-large'],
  ['packed buckets', 'metrics', () => within([1, 2, 2, 10, 1, 8], field(2, Buffer.alloc(300_000))), 'item-too-large'],
  [
    'unpacked buckets',
    'metrics',
    () => within([1, 2, 2, 10, 1, 8], Buffer.alloc(2 * 300_000, Uint8Array.of(16, 1))),
    'item-too-large',
  ],
  [
    'unpacked bounds',
    'metrics',
    () => within([1, 2, 2, 9, 1], Buffer.alloc(9 * 300_000, Uint8Array.of(57, 0, 0, 0, 0, 0, 0, 0, 0))),
    'item-too-large',
  ],
];

test.each(hostile)(
  'millions of empty %s are refused as what they are, and not walked to their end',
  { timeout: 120_000 },
  (_, signal, body, fault) => {
    // Broken at the end: who reaches it says so.
    expect(validateRequest(signal, Buffer.concat([body(), Buffer.of(0x07)]))).toBe(fault);
  },
);

test('what is over a bound is answered 413 with the number, and nothing of it is kept', async () => {
  receivers = await openTestReceivers();
  const [, signal, body] = hostile[0]!;
  const answer = await fetch(`http://127.0.0.1:${receivers.httpPort}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
    body: gzipSync(body(), { level: 1 }),
  });
  expect(answer.status).toBe(413);
  expect(await answer.text()).toContain('more than 1000000 items; send smaller batches');
  expect(receivers.journal).toEqual([]);
});

test('a batch of a hundred thousand items is stored in pieces and counted once', async () => {
  receivers = await openTestReceivers();
  const record = field(2, Buffer.alloc(0));
  const logs = within([1, 2], Buffer.concat(Array.from({ length: 100_000 }, () => record)));
  const answer = await fetch(`http://127.0.0.1:${receivers.httpPort}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: Uint8Array.from(logs),
  });
  expect(answer.status).toBe(200);
  expect(receivers.counters.accepted).toMatchObject({ logs: 100_000, requests: 1 });
  const counts = receivers.journal.map(({ signal, payload }) => validateRequest(signal, payload));
  expect(counts.length).toBeGreaterThan(10);
  expect(counts.reduce((sum, count) => sum + (typeof count === 'string' ? 0 : count.items), 0)).toBe(100_000);
});
