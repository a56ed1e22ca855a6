import { expect, it } from 'vitest';
import { unquoteString } from './unquote-string';

it.each([
  ['"plain"', 'plain'],
  ["'it\\'s'", "it's"],
  ['"a\\tb\\\\"', 'a\tb\\'],
  ['"\\u00e9\\x41\\101\\U0001F600"', 'éAA😀'],
  ['"\\xc3\\xa9"', 'é'],
  ['`raw \\d`', 'raw \\d'],
])('reads %s', (quoted, text) => {
  expect(unquoteString(quoted)).toEqual({ text });
});

it.each([
  ['"\\d"', "unknown escape sequence U+0064 'd'"],
  ['"open', 'unterminated quoted string'],
  ['"', 'unterminated quoted string'],
  ['"\\u12"', 'escape sequence not terminated'],
])('says what is wrong with %s', (quoted, fault) => {
  expect(unquoteString(quoted)).toEqual({ fault });
});
