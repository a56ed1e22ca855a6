import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutJson } from './cut-json';

test('what is cut is JSON, no longer than it may be, and the beginning of what was there', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
      fc.nat(200),
      (value, more) => {
        const json = JSON.stringify(value);
        const cut = cutJson(json, 40 + more);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(40 + more);
        expect(() => JSON.parse(cut)).not.toThrow();
        expect(json.startsWith(cut.replace(/"?[\]}]*$/, ''))).toBe(true);
        if (Buffer.byteLength(json) <= 40 + more) expect(cut).toBe(json);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ['["aaaa","bbbb"]', 13, '["aaaa","bb"]'],
  ['["aaaa","bbbb"]', 9, '["aaaa"]'],
  ['[12345,67890]', 10, '[12345]'],
  ['{"key":"value","long key":1}', 20, '{"key":"value"}'],
  ['{"a":{"b":["cccccc"]}}', 18, '{"a":{"b":["cc"]}}'],
  ['["😀😀"]', 10, '["😀"]'],
  ['["ää"]', 7, '["ä"]'],
  ['["a\\n\\n"]', 8, '["a\\n"]'],
  ['["\\u0001x"]', 9, '[""]'],
  ['[true,false]', 9, '[true]'],
])('%s in %i bytes is %s', (json, bytes, cut) => {
  expect(cutJson(json, bytes)).toBe(cut);
});
