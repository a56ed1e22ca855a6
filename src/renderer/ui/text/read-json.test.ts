import { describe, expect, it } from 'vitest';
import { readJson } from './read-json';

describe('readJson', () => {
  it('keeps digits, order, empty ones and escapes', () => {
    expect(
      readJson(' {"b": 12345678901234567890, "a": [], "c": {"\\n": "\\u0041\\"x"}, "d": [1.50, true, null]} '),
    ).toEqual({
      kind: 'object',
      entries: [
        ['b', { kind: 'other', text: '12345678901234567890' }],
        ['a', { kind: 'array', items: [] }],
        ['c', { kind: 'object', entries: [['\n', { kind: 'string', value: 'A"x' }]] }],
        ['d', { kind: 'array', items: ['1.50', 'true', 'null'].map((text) => ({ kind: 'other', text })) }],
      ],
    });
  });

  it('is for objects and arrays alone, and no deeper than can be shown', () => {
    for (const text of ['', '7', '"x"', '{', '[1,]', '{a: 1}', '{} {}']) expect(readJson(text), text).toBeNull();
    expect(readJson('['.repeat(90) + ']'.repeat(90))).not.toBeNull();
    expect(readJson('['.repeat(5000) + ']'.repeat(5000))).toBeNull();
  });
});
