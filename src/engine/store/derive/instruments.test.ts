import { describe, expect, it } from 'vitest';
import type { MetricSink } from '../metrics/series/metric-sink';
import { Instruments } from './instruments';

function recordingSink() {
  const ids: string[] = [];
  const samples: [series: string, timeMs: number, value: number][] = [];
  const sink: Pick<MetricSink, 'seriesId' | 'sample'> = {
    seriesId: (name, labels) => ids.push(`${name} ${labels.join(' ')}`),
    sample: (series, timeMs, value) => samples.push([ids[series - 1]!, timeMs, value]),
  };
  return { sink: sink as MetricSink, samples };
}

describe('Instruments', () => {
  it('counts label sets beyond the limit together', () => {
    const { sink, samples } = recordingSink();
    const instruments = new Instruments(2);
    for (const service of ['a', 'b', 'c', 'd']) instruments.count(sink, 1000, 'calls', ['service', service], 5);
    instruments.write(sink, 1000);
    expect(samples.filter(([, time]) => time === 1000)).toEqual([
      ['calls service a', 1000, 5],
      ['calls service b', 1000, 5],
      ['calls metric_overflow true', 1000, 10],
    ]);
  });

  it('writes histograms with le among the sorted labels, each series from a zero on', () => {
    const { sink, samples } = recordingSink();
    const instruments = new Instruments(10);
    instruments.observe(sink, 1000, 'wait', ['0.1'], ['client', 'a', 'server', 'b'], { sum: 3, buckets: [1, 2] });
    instruments.write(sink, 1000);
    instruments.write(sink, 2000);
    expect(samples.slice(0, 8)).toEqual([
      ['wait_bucket client a le 0.1 server b', 999, 0],
      ['wait_bucket client a le 0.1 server b', 1000, 1],
      ['wait_bucket client a le +Inf server b', 999, 0],
      ['wait_bucket client a le +Inf server b', 1000, 2],
      ['wait_sum client a server b', 999, 0],
      ['wait_sum client a server b', 1000, 3],
      ['wait_count client a server b', 999, 0],
      ['wait_count client a server b', 1000, 2],
    ]);
    expect(samples.slice(8).map(([, , value]) => value)).toEqual([1, 2, 3, 2]);
  });

  it('begins again in new series when the old ones were deleted', () => {
    const { sink, samples } = recordingSink();
    const instruments = new Instruments(10);
    instruments.count(sink, 1000, 'calls', [], 5);
    instruments.forget(new Set([1]));
    instruments.count(sink, 2000, 'calls', [], 1);
    instruments.write(sink, 2000);
    expect(samples.map(([, time, value]) => [time, value])).toEqual([
      [1999, 0],
      [2000, 1],
    ]);
  });
});
