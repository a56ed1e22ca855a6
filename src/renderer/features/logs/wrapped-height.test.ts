import { expect, it } from 'vitest';
import { mostWrappedLines, wrappedLines } from './wrapped-height';

const of = (line: string, columns: number) => wrappedLines({ line, labels: {} }, columns);

it('counts the lines of a text that wraps and breaks, within a bound', () => {
  expect([of('', 80), of('short', 80), of('x'.repeat(80), 80), of('x'.repeat(81), 80)]).toEqual([1, 1, 1, 2]);
  expect(of('a\n\nb', 80)).toBe(3);
  expect(of('x'.repeat(1_000_000), 80)).toBe(mostWrappedLines);
  expect(of('\n'.repeat(500), 80)).toBe(mostWrappedLines);
  expect(of('abc', 0)).toBe(3);
});
