import { expect, it } from 'vitest';
import { describeChange } from './describe-change';

it.each([
  [1, '0 %'],
  [1.0001, '0 %'],
  [1.003, '+0.3 %'],
  [1.2, '+20 %'],
  [1.994, '+99 %'],
  [2, '2 times'],
  [2.44, '2.4 times'],
  [9.97, '10 times'],
  [191.65, '192 times'],
  [12_345, '12,345 times'],
  [0.997, '−0.3 %'],
  [0.5, '−50 %'],
  [0.11, '−89 %'],
  [0.1, '1/10'],
  [0.0052, '1/192'],
  [0, '−100 %'],
])('%d times as much reads %s', (ratio, words) => {
  expect(describeChange(ratio)).toBe(words);
});
