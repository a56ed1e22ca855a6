import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortMembers } from './sort-members';

test('maps that differ in the order of their keys are one text, with numbers as they were', () => {
  const sorted = '{"a":[{"x":1,"y":"}\\","}],"b":12345678901234567890}';
  expect(sortMembers('{"b":12345678901234567890,"a":[{"y":"}\\","," x":1}]}'.replace('" x"', '"x"'))).toBe(sorted);
  expect(sortMembers(sorted)).toBe(sorted);
});

test('any JSON keeps its meaning', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      expect(JSON.parse(sortMembers(json))).toEqual(JSON.parse(json));
    }),
  );
});
