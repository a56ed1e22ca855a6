import { describe, expect, it } from 'vitest';
import { foldMetrics } from './fold-metrics';

const metric = (name: string, type: string) => ({ name, type, unit: '', help: '' });
const fold = (...metrics: [string, string][]) =>
  foldMetrics(metrics.map(([name, type]) => metric(name, type))).map(({ name }) => name);

describe('foldMetrics', () => {
  it('makes one metric of the series of a histogram', () => {
    expect(fold(['a_bucket', 'histogram'], ['a_count', 'histogram'], ['a_sum', 'histogram'], ['b', 'gauge'])).toEqual([
      'a',
      'b',
    ]);
  });

  it('folds by name where the type is not known', () => {
    expect(fold(['a_bucket', 'unknown'], ['a_count', 'unknown'], ['a_sum', 'unknown'])).toEqual(['a']);
  });

  it('knows a native histogram by having no buckets of its own', () => {
    const folded = foldMetrics([metric('a', 'histogram'), metric('b', 'histogram'), metric('b_bucket', 'histogram')]);
    expect(folded.map(({ name, native }) => [name, native])).toEqual([
      ['a', true],
      ['b', undefined],
    ]);
  });

  it('keeps a gauge whose name ends like a part', () => {
    expect(fold(['user_count', 'gauge'], ['size_sum', 'counter'], ['lone_count', 'unknown'])).toEqual([
      'user_count',
      'size_sum',
      'lone_count',
    ]);
  });
});
