import { expect, it } from 'vitest';
import { normalTail } from './normal-tail';

// As the error function of another language's library has it.
it.each([
  [0, 0.5],
  [0.5, 0.30853753872598694],
  [1, 0.15865525393145707],
  [1.959963984540054, 0.025],
  [2.999, 0.0013543365337271066],
  [3.001, 0.0013454728250849683],
  [4, 3.167124183311998e-5],
  [6, 9.865876450376946e-10],
])('beyond %s there are %s', (z, share) => {
  expect(normalTail(z) / share).toBeCloseTo(1, 9);
  expect(normalTail(-z)).toBeCloseTo(1 - share, 12);
});
