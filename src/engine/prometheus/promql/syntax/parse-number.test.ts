import { describe, expect, it } from 'vitest';
import { parseDuration, parseNumber } from './parse-number';

describe('parseDuration', () => {
  it.each([
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1y2w3d', 31_536_000_000 + 14 * 86_400_000 + 3 * 86_400_000],
    ['250ms', 250],
  ])('reads %s as %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it('refuses what is no duration', () => {
    expect(['5', 'm', '5x', ''].map(parseDuration)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('parseNumber', () => {
  it.each([
    ['42', 42],
    ['.5', 0.5],
    ['1e3', 1000],
    ['0x1F', 31],
    ['017', 15],
    ['1_000', 1000],
    ['Inf', Number.POSITIVE_INFINITY],
    ['NaN', Number.NaN],
    ['5m', 300],
  ])('reads %s', (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });
});
