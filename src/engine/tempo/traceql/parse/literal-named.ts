import { boolean, int, kindNames, type Static, statusNames } from '../static-value';

/** The value that a word of the language stands for. */
export function literalNamed(word: string): Static | undefined {
  if (word === 'true' || word === 'false') return boolean(word === 'true');
  if ((statusNames as readonly string[]).includes(word)) return { type: 'status', value: word };
  if ((kindNames as readonly string[]).includes(word)) return { type: 'kind', value: word };
  if (word === 'minInt') return int(-(2n ** 63n));
  return word === 'maxInt' ? int(2n ** 63n - 1n) : undefined;
}
