import { expect, it } from 'vitest';
import { splitByMatches } from './split-by-matches';

const told = (text: string, ...needles: string[]) =>
  splitByMatches(text, needles).map(({ part, isMatch }) => (isMatch ? `[${part}]` : part));

it('marks every place of every needle, the longest where several begin', () => {
  expect(told('a timeout of 5 timeouts', 'timeout')).toEqual(['a ', '[timeout]', ' of 5 ', '[timeout]', 's']);
  expect(told('abcab', 'ab', 'abc')).toEqual(['[abc]', '[ab]']);
  expect(told('nothing', 'x', '')).toEqual(['nothing']);
  expect(told('', 'x')).toEqual([]);
});
