import { expect, test } from 'vitest';
import { writeLines } from './write-lines';

const request = (items: readonly string[]) => ({ items });
const read = (lines: Iterable<string>) => [...lines].map((line) => JSON.parse(line).items as string[]);

test('a line holds at most 500 items, in their order', () => {
  const items = Array.from({ length: 1001 }, (_, i) => `${i}`);
  const lines = read(writeLines(items, request));
  expect(lines.map((line) => line.length)).toEqual([500, 500, 1]);
  expect(lines.flat()).toEqual(items);
});

test('a line that would be too long for a receiver is parted, down to one item', () => {
  const items = ['a', 'b', 'c'].map((letter) => letter.repeat(3_000_000)).concat('d'.repeat(6_000_000));
  const lines = [...writeLines(items, request)];
  expect(read(lines)).toEqual(items.map((item) => [item]));
});

test('no character of a line drives a terminal, and none is lost', () => {
  const hostile = 'a\u001b[2J\u009b31m\u007f\nend';
  const [line] = [...writeLines([hostile], request)];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  expect(line!.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(line!.endsWith('\n')).toBe(true);
  expect(read([line!])).toEqual([[hostile]]);
});
