import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeOtlpJson } from '../json/encode-otlp-json';
import { validateRequest } from './validate-request';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const spans = (...each: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans: each }] }] });
const good = {
  traceId: TRACE_ID,
  spanId: SPAN_ID,
  name: 'GET /',
  kind: 2,
  attributes: [{ key: 'k', value: { intValue: 300 } }],
};

test('spans, log records and data points of every kind are counted', () => {
  expect(validateRequest('traces', encodeOtlpJson('traces', spans(good, good)))).toMatchObject({
    items: 2,
    rejected: 0,
  });
  const logs = encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}, {}] }] }] });
  expect(validateRequest('logs', logs)).toMatchObject({ items: 3 });
  const kinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];
  const metrics = kinds.map((kind) => ({ name: kind, [kind]: { dataPoints: [{}, {}] } }));
  const points = encodeOtlpJson('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
  expect(validateRequest('metrics', points)).toMatchObject({ items: 10 });
});

test('an empty request is valid', () => {
  expect(validateRequest('traces', new Uint8Array(0))).toMatchObject({ items: 0, rejected: 0, rejections: [] });
});

test.each([
  ['no trace id', { ...good, traceId: '' }],
  ['a trace id of 15 bytes', { ...good, traceId: TRACE_ID.slice(2) }],
  ['a trace id of zeros', { ...good, traceId: '0'.repeat(32) }],
  ['no span id', { ...good, spanId: null }],
  ['a span id of 9 bytes', { ...good, spanId: `${SPAN_ID}00` }],
  ['a span id of zeros', { ...good, spanId: '0'.repeat(16) }],
])('a span with %s is rejected alone', (_, bad) => {
  const valid = validateRequest('traces', encodeOtlpJson('traces', spans(good, bad, good)));
  expect(valid).toMatchObject({ items: 3, rejected: 1, rejections: [{ reason: expect.stringContaining('16 bytes') }] });
});

test('a log record may lack ids', () => {
  const logs = encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ traceId: '00' }] }] }] });
  expect(validateRequest('logs', logs)).toMatchObject({ items: 1, rejected: 0 });
});

test.each([
  ['a length beyond the end', '0a05'],
  ['a varint that does not end', '08ffffffffffffffffffff'],
  ['the field number 0', '0200'],
  ['a group', '0b0c'],
  ['a number where a message belongs', '0801'],
  ['a fixed64 cut short', '0a0812061204390102030405'],
  ['text', Buffer.from('hello world').toString('hex')],
])('%s is undecodable', (_, hex) => {
  expect(validateRequest('traces', Buffer.from(hex, 'hex'))).toBe('undecodable');
});

test('a metric whose last field has no length is undecodable', () => {
  const metrics = [{ name: 'a', sum: { dataPoints: [{}], aggregationTemporality: 2, isMonotonic: true } }];
  const request = encodeOtlpJson('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
  // The last field of the sum becomes an unknown one of the wire type that has a length, with a tag of two bytes.
  request.set([0x82, 0x01], request.length - 2);
  expect(validateRequest('metrics', request)).toBe('undecodable');
});

test('unknown fields of every wire type are skipped', () => {
  const unknown = Buffer.from('a00601' + 'a1060102030405060708' + 'a20603616263' + 'a50601020304', 'hex');
  expect(validateRequest('traces', unknown)).toMatchObject({ items: 0 });
});

test('a request cut short or changed anywhere never throws, and what passes has its lengths in order', () => {
  const bytes = encodeOtlpJson('traces', spans(good, good));
  for (let length = 1; length < bytes.length; length++) {
    expect(validateRequest('traces', bytes.subarray(0, length))).toBe('undecodable');
  }
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const changed = Uint8Array.from(bytes);
      changed[at] = value;
      const valid = validateRequest('traces', changed);
      if (typeof valid !== 'string') expect(valid.items).toBeLessThanOrEqual(2);
    }),
  );
});
