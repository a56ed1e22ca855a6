import { expect, it } from 'vitest';
import { type MarkedPart, markDifference } from './mark-difference';

/** Changed parts in brackets. */
const show = (parts: readonly MarkedPart[]) =>
  parts.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

it('marks each masked part by itself', () => {
  const { before, after } = markDifference('to ada@x.org and to bob@y.org today', 'to *** and to *** today');
  expect(show(before)).toBe('to [ada@x.org] and to [bob@y.org] today');
  expect(show(after)).toBe('to [***] and to [***] today');
});

it('marks the whole when nothing is common', () => {
  const { before, after } = markDifference('4711', 'abcdef');
  expect([show(before), show(after)]).toEqual(['[4711]', '[abcdef]']);
});

it('gives the texts back whole', () => {
  const { before, after } = markDifference('a  b\nc é🙂', 'a b c');
  expect(before.map(({ text }) => text).join('')).toBe('a  b\nc é🙂');
  expect(after.map(({ text }) => text).join('')).toBe('a b c');
});

it('marks one block in texts too long to compare word by word', () => {
  const long = Array.from({ length: 400 }, (_, index) => `a${index}`).join(' ');
  const other = Array.from({ length: 400 }, (_, index) => `b${index}`).join(' ');
  const { before } = markDifference(`same ${long} end`, `same ${other} end`);
  expect(show(before)).toBe(`same [${long}] end`);
});
