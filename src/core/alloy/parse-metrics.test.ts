import { describe, expect, it } from 'vitest';
import { parseMetrics } from './parse-metrics';

describe('parseMetrics', () => {
  it('reads names, labels and values, with and without a time stamp', () => {
    expect(parseMetrics('up 1\nhttp_requests_total{method="post",code="200"} 1027 1395066363000\n')).toEqual([
      { name: 'up', labels: {}, value: 1 },
      { name: 'http_requests_total', labels: { method: 'post', code: '200' }, value: 1027 },
    ]);
  });

  it('reads escapes, braces, commas and equal signs inside of label values', () => {
    const [sample] = parseMetrics('m{path="C:\\\\DIR\\\\",error="a \\"b\\"\\nc, d={e} f"} 1.5e+03');
    expect(sample).toEqual({ name: 'm', labels: { path: 'C:\\DIR\\', error: 'a "b"\nc, d={e} f' }, value: 1500 });
  });

  it('reads infinities and what is not a number', () => {
    expect(parseMetrics('a +Inf\nb -Inf\nc NaN').map(({ value }) => value)).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  });

  it('leaves out comments, empty lines and what is no sample', () => {
    expect(parseMetrics('# HELP m text\n# TYPE m gauge\n\nnot a sample at all {')).toEqual([]);
  });
});
