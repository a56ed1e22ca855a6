import { describe, expect, it } from 'vitest';
import { createSeries, type SampleValue } from './create-series';
import { evaluateInstant } from './evaluate-instant';
import type { Buckets, NativeHistogram } from './histogram/native-histogram';
import { MemorySampleSource } from './memory-sample-source';
import { parsePromql } from './parse-promql';

const MINUTE = 60_000;

/** Buckets from the index `from` on; count is what they hold. */
function histogram(
  counts: readonly number[],
  options: Partial<NativeHistogram> & { from?: number } = {},
): NativeHistogram {
  const { from = 0, ...rest } = options;
  return {
    schema: 0,
    count: counts.reduce((sum, count) => sum + count, rest.zeroCount ?? 0),
    sum: 10,
    zeroThreshold: 0.001,
    zeroCount: 0,
    positive: buckets(from, counts),
    negative: buckets(0, []),
    counterReset: 'unknown',
    ...rest,
  };
}

function buckets(from: number, counts: readonly number[]): Buckets {
  const filled = counts.flatMap((count, i) => (count === 0 ? [] : [[from + i, count] as const]));
  return { indexes: filled.map(([index]) => index), counts: filled.map(([, count]) => count) };
}

function minutely(labels: Record<string, string>, values: readonly SampleValue[]) {
  return createSeries(
    labels,
    values.map((value, minute) => [minute * MINUTE, value] as const),
  );
}

const grows = [1, 2, 3, 4, 5, 6].map((n) => histogram([n, 2 * n, n], { sum: 10 * n }));
const source = new MemorySampleSource([
  minutely({ __name__: 'h', i: 'a' }, grows),
  minutely({ __name__: 'h', i: 'b' }, [
    histogram([4, 4]),
    histogram([5, 5]),
    histogram([1, 0]),
    histogram([2, 1]),
    histogram([2, 1], { schema: -1 }),
    histogram([3, 2], { schema: -1 }),
  ]),
  minutely({ __name__: 'mixed' }, [1, 2, histogram([1, 1]), histogram([2, 2]), 7, histogram([3, 3])]),
  minutely({ __name__: 'ended' }, [histogram([1]), 'stale']),
  minutely({ __name__: 'gauge' }, [
    histogram([3, 5], { counterReset: 'gauge' }),
    histogram([1, 7], { counterReset: 'gauge', sum: 4 }),
  ]),
  minutely({ __name__: 'zero' }, [
    histogram([1, 2, 3], { from: -1, zeroCount: 4, zeroThreshold: 0.001, negative: buckets(0, [6]), count: 16 }),
  ]),
  minutely({ __name__: 'wide_zero' }, [histogram([2], { from: 1, zeroCount: 5, zeroThreshold: 0.6, count: 7 })]),
  minutely({ __name__: 'with_nan' }, [histogram([2, 2], { sum: Number.NaN, count: 6 })]),
  minutely({ __name__: 'f', i: 'a' }, [3, 3, 3, 3, 3, 3]),
  minutely({ __name__: 'both_bucket', le: '+Inf' }, [4]),
  minutely({ __name__: 'both_bucket' }, [histogram([4])]),
]);

async function run(query: string, minute = 5) {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const answer = await evaluateInstant({ ast: parsed.ast, query, source, timeMs: minute * MINUTE });
  if ('error' in answer) throw new Error(answer.error.message);
  if (answer.result.type !== 'vector') throw new Error(answer.result.type);
  const { warnings, infos } = answer;
  const samples = answer.result.samples.map(({ labels, value }) => ({ labels: Object.fromEntries(labels), value }));
  return { samples, notes: [...warnings, ...infos] };
}

async function sampleOf(query: string, minute?: number) {
  const { samples } = await run(query, minute);
  expect(samples.length).toBeLessThanOrEqual(1);
  return samples[0]?.value;
}

describe('a selector of native histograms', () => {
  it('gives the newest within the lookback, and none after a stale marker', async () => {
    expect(await sampleOf('h{i="a"}', 9)).toEqual(grows[5]);
    expect(await sampleOf('h{i="a"}', 11)).toBeUndefined();
    expect(await sampleOf('ended', 0)).toBeDefined();
    expect(await sampleOf('ended', 1)).toBeUndefined();
  });
});

describe('numbers read from histograms', () => {
  it.each([
    ['histogram_count(h{i="a"})', 24],
    ['histogram_sum(h{i="a"})', 60],
    ['histogram_avg(h{i="a"})', 2.5],
    ['histogram_quantile(0.5, h{i="a"})', Math.SQRT2],
    ['histogram_quantile(0, h{i="a"})', 0.5],
    ['histogram_quantile(1, h{i="a"})', 4],
    ['histogram_quantile(-1, h{i="a"})', Number.NEGATIVE_INFINITY],
    ['histogram_fraction(1, 2, h{i="a"})', 0.5],
    ['histogram_fraction(0, +Inf, h{i="a"})', 1],
    ['histogram_fraction(2, 1, h{i="a"})', 0],
    // The negative bucket holds (−1, −0.5], the lower 6 of 16.
    ['histogram_quantile(0.1875, zero @ 0)', -Math.SQRT1_2],
    ['histogram_fraction(-1, 0, zero @ 0)', 8 / 16],
    // Only positive buckets: the zero bucket begins at 0.
    ['histogram_quantile(0.5, wide_zero @ 0)', 0.42],
  ])('%s is %d', async (query, expected) => {
    expect(await sampleOf(query)).toBeCloseTo(expected, 12);
  });

  it('leave floats out', async () => {
    expect((await run('histogram_count({__name__=~"f|h"})')).samples.map(({ labels }) => labels)).toEqual([
      { i: 'a' },
      { i: 'b' },
    ]);
  });

  it('say what NaN observations do to them', async () => {
    expect(await run('histogram_quantile(0.9, with_nan @ 0)')).toEqual({
      samples: [{ labels: {}, value: Number.NaN }],
      notes: ['PromQL info: input to histogram_quantile has NaN observations, result is NaN (1:25)'],
    });
    expect((await run('histogram_quantile(0.1, with_nan @ 0)')).notes[0]).toContain('result is skewed higher');
    expect((await run('histogram_fraction(0, 1, with_nan @ 0)')).notes[0]).toContain('excluded from all fractions');
  });

  it('refuse to choose between a classic and a native histogram of one name', async () => {
    expect(await run('histogram_quantile(0.5, both_bucket)', 0)).toEqual({
      samples: [],
      notes: ['PromQL warning: vector contains a mix of classic and native histograms (1:25)'],
    });
  });
});

describe('rates of histograms', () => {
  it('grow bucket by bucket, extrapolated as for floats', async () => {
    // Two gaps of a minute are sampled within three minutes; the left edge adds half a gap, the counter's zero is far.
    const rate = (await sampleOf('rate(h{i="a"}[3m])')) as NativeHistogram;
    expect(rate.positive).toEqual({ indexes: [0, 1, 2], counts: [1 / 60, 2 / 60, 1 / 60] });
    expect(rate.counterReset).toBe('gauge');
    expect(await sampleOf('histogram_count(increase(h{i="a"}[3m]))')).toBeCloseTo(12, 12);
  });

  it('notice a reset and a coarser schema', async () => {
    expect(await sampleOf('resets(h{i="b"}[6m])')).toBe(1);
    expect(await sampleOf('changes(h{i="b"}[6m])')).toBe(5);
    const increase = (await sampleOf('increase(h{i="b"}[6m] @ 300)')) as NativeHistogram;
    expect(increase.schema).toBe(-1);
    // From (4, 4) by (1, 1), anew by (1, 0), by (1, 1), nothing, (1, 1): 7 within five minutes, extrapolated to six.
    expect(increase.count).toBeCloseTo(7 * 1.2, 12);
  });

  it('are not made of gauges and floats without a word', async () => {
    expect((await run('rate(gauge[2m])', 1)).notes).toEqual([
      'PromQL warning: this native histogram metric is not a counter: "gauge" (1:6)',
    ]);
    expect((await run('delta(h{i="a"}[3m])')).notes).toEqual([
      'PromQL warning: this native histogram metric is not a gauge: "h" (1:7)',
    ]);
    expect(await run('rate(mixed[6m])')).toEqual({
      samples: [],
      notes: ['PromQL warning: encountered a mix of histograms and floats for metric name "mixed" (1:6)'],
    });
  });

  it('irate and idelta take the last two', async () => {
    expect(await sampleOf('histogram_count(irate(h{i="a"}[5m]))')).toBeCloseTo(4 / 60, 12);
    const delta = (await sampleOf('idelta(gauge[2m])', 1)) as NativeHistogram;
    expect([delta.positive, delta.count]).toEqual([{ indexes: [0, 1], counts: [-2, 2] }, 0]);
  });
});

describe('functions over ranges of histograms', () => {
  it.each([
    ['count_over_time(mixed[6m])', 6],
    ['present_over_time(mixed[6m])', 1],
    ['max_over_time(mixed[6m])', 7],
    ['histogram_count(last_over_time(mixed[6m]))', 6],
    ['first_over_time(mixed[6m])', 1],
    ['resets(mixed[6m])', 3],
    ['histogram_count(sum_over_time(h{i="a"}[3m]))', 60],
    ['histogram_count(avg_over_time(h{i="a"}[3m]))', 20],
  ])('%s is %d', async (query, expected) => {
    expect(await sampleOf(query)).toBe(expected);
  });

  it('note the histograms that they leave out', async () => {
    expect((await run('min_over_time(mixed[6m])')).notes).toEqual([
      'PromQL info: ignored histograms in a range containing both floats and histograms for metric name "mixed" (1:15)',
    ]);
    expect(await run('max_over_time(h{i="a"}[6m])')).toEqual({ samples: [], notes: [] });
  });
});

describe('operators and aggregations of histograms', () => {
  it('add up on the coarser schema and the wider zero bucket', async () => {
    const sum = (await sampleOf('sum(h)')) as NativeHistogram;
    expect([sum.schema, sum.count, sum.positive]).toEqual([-1, 29, { indexes: [0, 1], counts: [9, 20] }]);
    // A threshold of 0.6 would cut the bucket that ends at 1, so that the zero bucket reaches to 1 as well.
    const zero = (await sampleOf('zero @ 0 + on () wide_zero @ 0')) as NativeHistogram;
    expect([zero.zeroThreshold, zero.zeroCount, zero.positive]).toEqual([
      1,
      4 + 6 + 3 + 5,
      { indexes: [1], counts: [3 + 2] },
    ]);
  });

  it.each([
    ['histogram_count(h{i="a"} * 2)', 48],
    ['histogram_count(2 * h{i="a"})', 48],
    ['histogram_count(h{i="a"} / 4)', 6],
    ['histogram_count(-h{i="a"})', -24],
    ['histogram_count(h{i="a"} - h{i="a"} offset 1m)', 4],
    ['count(h == h)', 2],
    ['count(h != h offset 1m)', 2],
    ['h{i="a"} == bool h{i="a"}', 1],
    ['count({__name__=~"h|f"})', 3],
    ['group(h)', 1],
    ['histogram_count(avg(h{i="a"} or h{i="a"} offset 1m))', 24],
    ['count(h and on (i) f)', 1],
    ['count(h unless on (i) f)', 1],
    ['count(label_replace(h, "j", "$1", "i", "(.*)"))', 2],
    ['absent(h)', undefined],
    ['timestamp(h{i="a"})', 300],
    ['histogram_count(max_over_time(f[1m]) * on (i) h{i="a"})', 72],
    ['histogram_count(sum_over_time(h{i="a"}[2m:1m]))', 44],
  ])('%s is %s', async (query, expected) => {
    expect(await sampleOf(query)).toBe(expected);
  });

  it.each([
    ['h{i="a"} + 1', 'incompatible sample types encountered for binary operator "+": histogram + float (1:1)'],
    ['1 / h{i="a"}', 'incompatible sample types encountered for binary operator "/": float / histogram (1:1)'],
    ['h > h', 'incompatible sample types encountered for binary operator ">": histogram > histogram (1:1)'],
    ['f == on (i) h', 'incompatible sample types encountered for binary operator "==": float == histogram (1:1)'],
    ['topk(2, h)', 'ignored histogram in topk aggregation (1:1)'],
    ['quantile(0.5, h)', 'ignored histogram in quantile aggregation (1:15)'],
    ['stddev(h)', 'ignored histogram in stddev aggregation (1:8)'],
  ])('%s has no result and says why', async (query, note) => {
    expect(await run(query)).toEqual({ samples: [], notes: [`PromQL info: ${note}`] });
  });

  it('cannot sum floats and histograms', async () => {
    expect(await run('sum({__name__=~"f|h"})')).toEqual({
      samples: [],
      notes: ['PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)'],
    });
  });

  it('counts equal histograms by their text', async () => {
    expect((await run('count_values("v", h{i="a"})')).samples).toEqual([
      { labels: { v: '{count:24, sum:60, (0.5,1]:6, (1,2]:12, (2,4]:6}' }, value: 1 },
    ]);
  });

  it('sort leaves them out', async () => {
    expect((await run('sort({__name__=~"f|h"})')).samples).toEqual([{ labels: { __name__: 'f', i: 'a' }, value: 3 }]);
  });
});
