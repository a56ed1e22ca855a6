import { describe, expect, it } from 'vitest';
import { decode, nanos, T } from './test-metrics';

describe('MetricsDecoder', () => {
  it('reads times to the millisecond and dates a point without a time by its arrival', () => {
    const dataPoints = [123, 124, 999].map((ms) => ({ timeUnixNano: nanos(T + ms), asInt: 1 }));
    const { sink } = decode([
      {
        name: 'x',
        gauge: { dataPoints: [...dataPoints, { asInt: 1 }] },
      },
    ]);
    expect(sink.samples.map(([, time]) => time)).toEqual([T + 123, T + 124, T + 999, T]);
    expect(sink.leftOut).toEqual([]);
  });

  it.each([
    ['1970, for milliseconds were sent', `${T}`],
    ['1970, for seconds were sent', '1700000000'],
    ['two days ahead', nanos(T + 2 * 86_400_000)],
    ['2262', '9223372036854775807'],
    ['the end of what 64 bits hold', '18446744073709551615'],
  ])('dates a point of %s by its arrival and tells it', (_, timeUnixNano) => {
    const points = { dataPoints: [{ timeUnixNano, asInt: 1, count: 1 }], aggregationTemporality: 2 };
    for (const kind of ['gauge', 'sum', 'histogram', 'summary']) {
      const { sink } = decode([{ name: 'x', [kind]: points }]);
      expect(new Set(sink.samples.map(([, time]) => time)), kind).toEqual(new Set([T]));
      expect(sink.leftOut, kind).toEqual(['unlikely-time']);
    }
    const { sink } = decode([{ name: 'x', exponentialHistogram: points }]);
    expect(sink.exponential.map(({ timeMs }) => timeMs)).toEqual([T]);
    expect(sink.leftOut).toEqual(['unlikely-time']);
  });

  it.each([
    ['as many as its buckets hold', '6', 0],
    ['fewer', '5', 1],
    ['more', '7', 1],
    ['far more than a number is exact for', '18446744073709551615', 1],
  ])('keeps a histogram that counts %s, and tells where that disagrees', (_, count, told) => {
    const point = { timeUnixNano: nanos(T), count, sum: 1 };
    const classic = { ...point, explicitBounds: [1, 2], bucketCounts: ['1', '2', '3'] };
    const exponential = {
      ...point,
      zeroCount: '1',
      positive: { bucketCounts: ['2'] },
      negative: { bucketCounts: ['3'] },
    };
    for (const aggregationTemporality of [1, 2]) {
      for (const [kind, dataPoint] of Object.entries({ histogram: classic, exponentialHistogram: exponential })) {
        const { sink, kept } = decode([{ name: 'x', [kind]: { dataPoints: [dataPoint], aggregationTemporality } }]);
        expect(kept).toBe(1);
        expect(sink.leftOut, kind).toEqual(new Array(told).fill('odd-count'));
      }
    }
  });
});
