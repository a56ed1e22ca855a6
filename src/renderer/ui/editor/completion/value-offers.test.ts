import { expect, it } from 'vitest';
import { valueOffers } from './value-offers';

it('writes a value as a string of the query, and closes the one that is open', () => {
  expect(valueOffers(['a "b" \\ c\nd'], null)[0]!.insert).toBe('"a \\"b\\" \\\\ c\\nd"');
  expect(valueOffers(["it's"], "'")[0]!.insert).toBe("it\\'s'");
  expect(valueOffers(['a\\d'], '`')[0]!.insert).toBe('a\\d`');
});

it('shows a hostile value as plain text, and offers none that is of a mebibyte', () => {
  expect(valueOffers(['\u202egnp.exe', 'x'.repeat(1_048_576), ''], null).map(({ label }) => label)).toEqual([
    '‹U+202E›gnp.exe',
  ]);
});
