import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { compileRegex, MAX_REGEX_STEPS } from './compile-regex';
import { compileWhole } from './compile-whole';
import { estimateSteps } from './estimate-steps';

describe('the steps of an expression', () => {
  it.each([
    ['a{1000}'.repeat(10)],
    ['(?:(?:a{10}){10}){10}'],
    ['(a|b|c){300}'],
    ['[a-z\\]]{200}[^]x]{100}'],
    ['[[:alpha:]]{200}'],
    ['\\p{Greek}{50}\\x{41}{50}'],
    ['a{2,90}b{3,}c{0,40}'],
    ['((a{1,9}){1,9}){1,9}'],
    ['x'.repeat(500)],
    ['\\(\\{\\[x{5}'],
  ])('are about those that it compiles to: %s', (pattern) => {
    const compiled = RE2JS.compile(pattern).programSize();
    const estimated = estimateSteps(pattern);
    expect(estimated).toBeGreaterThan(compiled / 2.5 - 10);
    expect(estimated).toBeLessThan(compiled * 2.5 + 10);
  });
});

it('an expression larger than the bound is refused with the numbers before it is compiled', () => {
  expect(() => compileRegex('a{1000}'.repeat(100))).toThrow(
    `about 100000 steps, and the embedded engine takes ${MAX_REGEX_STEPS}`,
  );
  expect(() => compileRegex('b'.repeat(1_000_000))).toThrow('too large');
});

it('an expression is compiled once', () => {
  expect(compileRegex('once.+', RE2JS.DOTALL)).toBe(compileRegex('once.+', RE2JS.DOTALL));
  expect(compileRegex('once.+')).not.toBe(compileRegex('once.+', RE2JS.DOTALL));
});

it('any number of values can be named one by one', () => {
  const values = Array.from({ length: 50_000 }, (_, i) => `value\\.${i}`);
  const test = compileWhole(`(${values.join('|')})`);
  expect(test('value.49999')).toBe(true);
  expect(test('value.50000')).toBe(false);
  expect(test('xvalue.1')).toBe(false);
});
