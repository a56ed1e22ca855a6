import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnyValue, type Field, type Message, REQUESTS } from '../../wire/descriptors';
import { SIGNALS } from '../../wire/signal';
import { oracleOf } from '../request/test-oracle';
import { validateRequest } from '../request/validate-request';
import { encodeOtlpJson } from './encode-otlp-json';
import { OtlpJsonError } from './transcode-json';

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  string: fc.string({ unit: 'grapheme' }),
  bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  id: fc.uint8Array({ minLength: 1, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  bool: fc.boolean(),
  enum: fc.integer({ min: 0, max: 5 }),
  uint32: fc.nat(),
  sint32: fc.integer(),
  fixed32: fc.integer({ min: 0, max: 0xffffffff }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  sfixed64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  fixed64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  double: fc.double({ noDefaultInfinity: true, noNaN: true }),
};

function jsonOf(message: Message, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const keys: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of message.fields) {
    if (depth <= 0 && typeof field.type !== 'string') continue;
    const one = valuesOf(field, depth - 1);
    keys[field.name] = field.repeated ? fc.array(one, { maxLength: 3 }) : one;
  }
  if (message !== AnyValue) return fc.record(keys, { requiredKeys: [] });
  return fc.oneof(fc.constant({}), ...Object.entries(keys).map(([key, one]) => fc.record({ [key]: one })));
}

function valuesOf(field: Field, depth: number): fc.Arbitrary<unknown> {
  return typeof field.type === 'string' ? scalars[field.type]! : jsonOf(field.type, depth);
}

/** Drops what protobuf does not carry: empty lists. */
function withoutEmptyLists(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutEmptyLists);
  if (typeof json !== 'object' || json === null) return Object.is(json, -0) ? 0 : json;
  const kept = Object.entries(json).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutEmptyLists(value)]));
}

/** What protobufjs read, with ids as hex again. */
function asOtlpJson(message: Message, object: Record<string, unknown>): unknown {
  const entries = message.fields.flatMap((field) => {
    const value = object[field.name];
    if (value === undefined) return [];
    const convert = (one: unknown) => {
      if (typeof field.type !== 'string') return asOtlpJson(field.type, one as Record<string, unknown>);
      return field.type === 'id' ? Buffer.from(one as string, 'base64').toString('hex') : one;
    };
    return [[field.name, Array.isArray(value) ? value.map(convert) : convert(value)]];
  });
  return Object.fromEntries(entries);
}

test.each(SIGNALS)(
  'any %s request in JSON becomes bytes that protobufjs reads back and that pass validation',
  (signal) => {
    const oracle = oracleOf(signal);
    fc.assert(
      fc.property(jsonOf(REQUESTS[signal], 7), (json) => {
        const bytes = encodeOtlpJson(signal, json);
        const read = oracle.toObject(oracle.decode(bytes), { longs: String, bytes: String });
        expect(withoutEmptyLists(asOtlpJson(REQUESTS[signal], read))).toEqual(withoutEmptyLists(json));
        expect(validateRequest(signal, bytes)).not.toBe('undecodable');
        expect(validateRequest(signal, oracle.encode(oracle.fromObject(read)).finish())).not.toBe('undecodable');
      }),
      { numRuns: 150 },
    );
  },
);

const span = (fields: object) => ({ resourceSpans: [{ scopeSpans: [{ spans: [fields] }] }] });

test('ids are hex in either case and 64-bit integers strings or numbers', () => {
  const lower = encodeOtlpJson(
    'traces',
    span({ traceId: '0af7651916cd43dd8448eb211c80319c', startTimeUnixNano: '1500' }),
  );
  const upper = encodeOtlpJson(
    'traces',
    span({ traceId: '0AF7651916CD43DD8448EB211C80319C', startTimeUnixNano: 1500 }),
  );
  expect(upper).toEqual(lower);
});

test('unknown keys and nulls are ignored', () => {
  const plain = encodeOtlpJson('traces', span({ name: 'x' }));
  expect(encodeOtlpJson('traces', span({ name: 'x', kind: null, future: { deep: [1] } }))).toEqual(plain);
});

test.each([
  [{ kind: 'STATUS_CODE_OK' }, 'resourceSpans[0].scopeSpans[0].spans[0].kind: expected an integer or a name'],
  [{ startTimeUnixNano: -1 }, 'startTimeUnixNano: expected an integer from 0'],
  [{ startTimeUnixNano: 1.5 }, 'startTimeUnixNano: expected an integer, as a number or a string of digits'],
  [{ attributes: {} }, 'attributes: expected an array'],
  [{ attributes: [{ key: 'k', value: { bytesValue: '§' } }] }, 'attributes[0].value.bytesValue: expected a base64'],
])('%j is refused with its path', (fields, message) => {
  expect(() => encodeOtlpJson('traces', span(fields))).toThrow(message);
});

test('values may be nested 100 deep and no deeper', () => {
  const nested = (levels: number) => {
    let value: object = { stringValue: 'core' };
    for (let i = 1; i < levels; i++) value = { arrayValue: { values: [value] } };
    return span({ attributes: [{ key: 'k', value }] });
  };
  expect(validateRequest('traces', encodeOtlpJson('traces', nested(100)))).not.toBe('undecodable');
  expect(() => encodeOtlpJson('traces', nested(101))).toThrow(OtlpJsonError);
});
