import { describe, expect, test } from 'vitest';
import { encodeAttribute, encodeValue } from './encode-value';

describe('a stored value becomes the OTLP value it was', () => {
  test.each([
    [0, '', {}],
    [1, 'text', { stringValue: 'text' }],
    [2, 'true', { boolValue: true }],
    [3, '9223372036854775807', { intValue: '9223372036854775807' }],
    [4, '0.5', { doubleValue: 0.5 }],
    [4, 'NaN', { doubleValue: 'NaN' }],
    [4, '-Infinity', { doubleValue: '-Infinity' }],
    [7, 'AAE=', { bytesValue: 'AAE=' }],
    [5, '[]', { arrayValue: { values: [] } }],
    [5, '["a\\"]",null,false]', { arrayValue: { values: [{ stringValue: 'a"]' }, {}, { boolValue: false }] } }],
  ] as const)('kind %i, %s', (kind, text, value) => {
    expect(encodeValue({ kind, text })).toEqual(value);
  });
});

test('keys of a map keep their order, and integers within keep all their digits', () => {
  const text = '{"b":9007199254740993,"1":[1.5],"b":100000000000000000000}';
  expect(encodeAttribute({ key: 'k', kind: 6, text, number: null })).toEqual({
    key: 'k',
    value: {
      kvlistValue: {
        values: [
          { key: 'b', value: { intValue: '9007199254740993' } },
          { key: '1', value: { arrayValue: { values: [{ doubleValue: 1.5 }] } } },
          { key: 'b', value: { doubleValue: 1e20 } },
        ],
      },
    },
  });
});

test.each(['{"a":"cut of', '["a', '{"a"', '[1,'])('what was cut for its length stays a text: %s', (text) => {
  expect(encodeValue({ kind: 6, text })).toEqual({ stringValue: text });
});
