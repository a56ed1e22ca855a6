import { describe, expect, it } from 'vitest';
import { formatDecimal, formatSample } from './format-sample';

describe('formatSample', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1, '1'],
    [0.1, '0.1'],
    [-12.5, '-12.5'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [1.5e300, '1.5e+300'],
    [0.000001, '0.000001'],
    [9.9e-7, '9.9e-07'],
    [-5e-324, '-5e-324'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('prints %d as Prometheus does: %s', (value, text) => {
    expect(formatSample(value)).toBe(text);
  });
});

describe('formatDecimal', () => {
  it.each([
    [1.25e22, '12500000000000000000000'],
    [-1e21, '-1000000000000000000000'],
    [1.5e-8, '0.000000015'],
    [-1e-7, '-0.0000001'],
    [123.456, '123.456'],
  ])('prints %d without an exponent: %s', (value, text) => {
    expect(formatDecimal(value)).toBe(text);
    expect(Number(formatDecimal(value))).toBe(value);
  });
});
