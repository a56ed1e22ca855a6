import { expect, it } from 'vitest';
import { describeErrorShare } from './describe-error-share';

it('tells a few errors from many, by a shape and by a number that is never 0 while there are some', () => {
  const described = [0, 0.0003, 0.003, 0.01, 0.049, 0.05, 0.2, 1].map(describeErrorShare);
  expect(described.map(({ health, text }) => `${health} ${text}`)).toEqual([
    'off none',
    'off < 0.1 %',
    'off 0.3 %',
    'warn 1 %',
    'warn 4.9 %',
    'bad 5 %',
    'bad 20 %',
    'bad 100 %',
  ]);
});
