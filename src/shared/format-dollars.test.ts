import { expect, it } from 'vitest';
import { formatDollars } from './format-dollars';

it.each([
  [0, '$0'],
  [1234.5, '$1,234.50'],
  [1, '$1.00'],
  [0.5, '$0.50'],
  [0.034, '$0.034'],
  [0.000_12, '$0.00012'],
  [0.000_000_2, '< $0.000001'],
])('writes %d as %s', (value, text) => {
  expect(formatDollars(value)).toBe(text);
});
