import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_ITEM_PARTS } from './request-limits';
import { validateRequest } from './validate-request';

const message = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  let rest = body.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([tag, ...length, rest]), body]);
};
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const filled = (tag: number, length: number, value = 7) => message(tag, Buffer.alloc(length, value));
const attribute = (tag: number, value: Uint8Array) => message(tag, filled(0x0a, 3, 0x6b), message(0x12, value));

const values = [
  filled(0x0a, 5, 0x61),
  filled(0x0a, 200, 0x61),
  bytes('1001'),
  bytes('18ac02'),
  bytes('21 0000000000000040'),
  message(0x2a, message(0x0a, filled(0x0a, 2, 0x61))),
  bytes(''),
];
const attributesOf = (tag: number) => [...values.map((value) => attribute(tag, value)), message(tag, bytes('0a00'))];
const ids = [filled(0x0a, 16), filled(0x12, 8)];
const anyOrder = (fields: readonly Uint8Array[]) => fc.array(fc.constantFrom(...fields), { maxLength: 8 });

const spanFields = [
  ...attributesOf(0x4a),
  ...[0, 7, 8].map((length) => filled(0x22, length)),
  filled(0x1a, 4, 0x61),
  filled(0x2a, 9, 0x61),
  filled(0x2a, 150, 0x61),
  bytes('3002'),
  bytes('38 01'),
  bytes('39 0102030405060708'),
  bytes('41 0102030405060708'),
  bytes('5003'),
  bytes('50 8001'),
  bytes('8501 01010000'),
  bytes('8502 01010000'),
  bytes('7a00'),
  message(0x7a, bytes('1802')),
  message(0x7a, bytes('1204'), Buffer.from('late'), bytes('1802')),
  message(0x5a, bytes('09 0102030405060708'), filled(0x12, 4, 0x61), attribute(0x1a, values[2]!)),
  message(0x5a, attribute(0x1a, values[1]!)),
  message(0x5a, bytes('2003')),
  message(0x6a, ...ids),
  message(0x6a, ...ids, bytes('35 00010000')),
  message(0x6a, ...ids, bytes('0801')),
  message(0x6a, filled(0x0a, 15), filled(0x12, 8)),
  message(0x6a, filled(0x12, 8)),
  ...ids,
  filled(0x0a, 16, 0),
  filled(0x12, 8, 0),
];
const recordFields = [
  ...attributesOf(0x32),
  bytes('09 0102030405060708'),
  bytes('59 0102030405060708'),
  bytes('1009'),
  filled(0x1a, 4, 0x49),
  ...values.map((value) => message(0x2a, value)),
  bytes('3802'),
  bytes('45 01000000'),
  ...[0, 15, 16].map((length) => filled(0x4a, length)),
  ...[0, 7, 8].map((length) => filled(0x52, length)),
  filled(0x62, 6, 0x61),
];
const spans = fc.tuple(fc.constantFrom(ids, [], [ids[1]!, ids[0]!]), anyOrder(spanFields)).map((parts) => parts.flat());
const KINDS = [
  ['traces', spans],
  ['logs', anyOrder(recordFields)],
] as const;

/** A field that no message has: an item with it is not plain. */
const UNKNOWN = bytes('a20600');

function check(signal: 'traces' | 'logs', ...items: readonly Uint8Array[]) {
  const scope = items.map((item) => message(0x12, item));
  const found = validateRequest(signal, message(0x0a, message(0x12, ...scope)));
  return typeof found === 'string' ? found : { ...found, parts: found.parts - items.length };
}

test.each(KINDS)('an item of %s is judged alike whether it is walked or not', (signal, fields) => {
  fc.assert(
    fc.property(fields, fc.option(fc.tuple(fc.nat(400), fc.nat(255)), { freq: 4 }), (parts, change) => {
      const item = Buffer.concat(parts);
      if (change && change[0] < item.length) item[change[0]] = change[1];
      const walked = check(signal, Buffer.concat([UNKNOWN, item]), bytes(''));
      const plain = check(signal, item, bytes(''));
      expect(plain).toEqual(typeof walked === 'string' ? walked : { ...walked, parts: walked.parts - 1 });
    }),
    { numRuns: 3000 },
  );
});

test.each(KINDS)('an item of %s with too many parts is refused, plain as it is', (signal) => {
  const one = attribute(signal === 'traces' ? 0x4a : 0x32, values[2]!);
  const item = Buffer.concat([...ids, ...Array.from({ length: MAX_ITEM_PARTS + 1 }, () => one)]);
  expect(check(signal, signal === 'traces' ? item : item.subarray(28))).toBe('item-too-large');
});
