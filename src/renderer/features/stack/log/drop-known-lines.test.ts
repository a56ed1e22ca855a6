import { expect, it } from 'vitest';
import { dropKnownLines } from './drop-known-lines';

const line = (at: number, text: string) => ({ at, stream: 'stdout' as const, text });

it('takes an overlap once and keeps what is new', () => {
  const known = [line(1, 'a'), line(2, 'b')];
  expect(dropKnownLines([line(1, 'a'), line(2, 'b'), line(2, 'c'), line(3, 'a')], known)).toEqual([
    line(2, 'c'),
    line(3, 'a'),
  ]);
});

it('keeps lines that repeat themselves', () => {
  expect(dropKnownLines([line(5, 'again'), line(5, 'again')], [line(4, 'again')])).toHaveLength(2);
});
