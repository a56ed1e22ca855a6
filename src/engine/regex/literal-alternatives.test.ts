import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { literalAlternatives } from './literal-alternatives';

const values = ['', 'a', 'b', 'a|b', 'b.c', 'bxc', '(a', 'a)', 'a-b', '日本', 'a b', 'A', 'a\n', '/x', 'n'];

describe('literal alternatives', () => {
  it.each(['a', 'a|b', '(a|b)', '(?:a|b\\.c)', '', 'a|', '|', '()', '\\(a', '(a|a\\)', 'a\\-b|日本', 'a b|\\/x'])(
    'of %s accept what the expression does, where they are told',
    (pattern) => {
      let compiled: RE2JS;
      try {
        compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
      } catch {
        expect(literalAlternatives(pattern)).toBeUndefined();
        return;
      }
      const alternatives = literalAlternatives(pattern)!;
      expect(values.filter((value) => alternatives.has(value))).toEqual(values.filter((v) => compiled.matches(v)));
    },
  );

  it.each([
    'a.b',
    'a+',
    '(a)|(b)',
    'a|b)',
    '(?i)a',
    '(?:a',
    'a\\n',
    '\\d',
    'a{2}',
    '^a$',
    '[ab]',
    'a\\',
    '(?i:a)',
    '(?P<n>a)',
    'a\\日',
    '\udcff',
  ])('are not told of %s', (pattern) => {
    expect(literalAlternatives(pattern)).toBeUndefined();
  });
});
