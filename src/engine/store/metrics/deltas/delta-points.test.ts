import { describe, expect, it } from 'vitest';
import { encodeOtlpJson } from '../../../otlp/json/encode-otlp-json';
import { MetricsDecoder } from '../metrics-decoder';
import { RecordingSink } from '../recording-sink';

const T = 1_700_000_000_000;
const nanos = (ms: number) => `${ms}000000`;

function requestOf(data: object, scope = 's'): Uint8Array {
  return encodeOtlpJson('metrics', {
    resourceMetrics: [{ scopeMetrics: [{ scope: { name: scope }, metrics: [{ name: 'x', ...data }] }] }],
  });
}

function interval(end: number) {
  return { startTimeUnixNano: nanos(T + end - 10_000), timeUnixNano: nanos(T + end) };
}

function counter(end: number, asInt: number, scope?: string): Uint8Array {
  const dataPoints = [{ ...interval(end), asInt }];
  return requestOf({ sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints } }, scope);
}

/** Samples of each series in the order of their times. */
function seriesOf(sink: RecordingSink): Map<string, [timeMs: number, value: number][]> {
  const series = new Map<string, [number, number][]>();
  for (const [name, timeMs, value] of sink.samples) {
    series.set(name, [...(series.get(name) ?? []), [timeMs - T, value as number]]);
  }
  for (const samples of series.values()) samples.sort(([a], [b]) => a - b);
  return series;
}

function expectNoFall(sink: RecordingSink): void {
  for (const [name, samples] of seriesOf(sink)) {
    const times = samples.map(([time]) => time);
    expect(new Set(times).size, name).toBe(times.length);
    for (let i = 1; i < samples.length; i++) expect(samples[i]![1], name).toBeGreaterThanOrEqual(samples[i - 1]![1]);
  }
}

describe('deltas', () => {
  it('that come late never make a counter fall, and the total is the sum of what was sent', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    for (const [end, value] of [
      [-30_000, 5],
      [-10_000, 7],
      [-20_000, 3],
    ] as const)
      decoder.decode(counter(end, value), T, sink);
    expect([...seriesOf(sink).values()]).toEqual([
      [
        [-39_999, 0],
        [-30_000, 5],
        [-10_000, 12],
        [-9_999, 15],
      ],
    ]);
  });

  it('in any order, at one time and across scopes, add up to what was sent', () => {
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed / 2 ** 32;
    };
    const sent = Array.from({ length: 60 }, (_, i) => ({
      end: i * 10_000,
      value: Math.floor(random() * 9),
      scope: 'a',
    }));
    for (const point of sent.slice(0, 20)) sent.push({ ...point, scope: 'b' });
    const shuffled = sent.map((point) => ({ point, at: random() })).sort((a, b) => a.at - b.at);
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    for (const { point } of shuffled) decoder.decode(counter(point.end, point.value, point.scope), T, sink);
    expectNoFall(sink);
    const [samples] = [...seriesOf(sink).values()];
    expect(samples!.at(-1)![1]).toBe(sent.reduce((sum, { value }) => sum + value, 0));
  });

  it('that come again in another request count once, and are counted as that', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    decoder.decode(counter(0, 5), T, sink);
    decoder.decode(counter(10_000, 7), T, sink);
    decoder.decode(counter(0, 5), T, sink);
    decoder.decode(counter(10_000, 7), T, sink);
    const both = [0, 10_000].map((end, i) => ({ ...interval(end), asInt: [5, 7][i] }));
    decoder.decode(requestOf({ sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: both } }), T, sink);
    expect([...seriesOf(sink).values()][0]!.at(-1)).toEqual([10_000, 12]);
    expect(sink.leftOut).toEqual(['delta-again', 'delta-again', 'delta-again', 'delta-again']);
  });

  it('of histograms that come late leave every bucket growing, and the buckets tell the same', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    const histogram = (end: number, counts: number[]) => {
      const [low, high] = counts as [number, number];
      const point = {
        ...interval(end),
        count: `${low + high}`,
        sum: low + 3 * high,
        explicitBounds: [1],
        bucketCounts: [`${low}`, `${high}`],
      };
      decoder.decode(requestOf({ histogram: { aggregationTemporality: 1, dataPoints: [point] } }), T, sink);
    };
    histogram(0, [2, 1]);
    histogram(20_000, [0, 4]);
    histogram(10_000, [5, 0]);
    expectNoFall(sink);
    const last = [...seriesOf(sink)].map(([name, samples]) => [name, ...samples.at(-1)!]);
    expect(last).toEqual([
      ['x_sum{}', 20_001, 22],
      ['x_count{}', 20_001, 12],
      ['x_bucket{le=1}', 20_001, 7],
      ['x_bucket{le=+Inf}', 20_001, 12],
    ]);
  });

  it('of exponential histograms likewise', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    for (const end of [0, 20_000, 10_000, 10_000]) {
      const point = { ...interval(end), count: '2', sum: 3, scale: 2, positive: { offset: 1, bucketCounts: ['2'] } };
      decoder.decode(requestOf({ exponentialHistogram: { aggregationTemporality: 1, dataPoints: [point] } }), T, sink);
    }
    expect(sink.exponential.map(({ timeMs, count }) => [timeMs - T, count])).toEqual([
      [-9_999, 0n],
      [0, 2n],
      [20_000, 4n],
      [20_001, 6n],
    ]);
    expect(sink.leftOut).toEqual(['delta-again']);
  });

  it('of exponential histograms that lie far apart are added on a coarser scale, in bounded room', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    for (const [i, offset] of [-2_147_483_648, 2_147_483_647].entries()) {
      const point = { ...interval(i * 10_000), count: '1', scale: i * -10, positive: { offset, bucketCounts: ['1'] } };
      decoder.decode(requestOf({ exponentialHistogram: { aggregationTemporality: 1, dataPoints: [point] } }), T, sink);
    }
    const sum = sink.exponential.at(-1)!;
    expect(sum.count).toBe(2n);
    expect(sum.positiveCounts.length).toBeLessThanOrEqual(16_384);
    expect(sum.positiveCounts.reduce((a, b) => a + b)).toBe(2n);
  });

  it('go on after what is known of series was forgotten, and after a request that could not be decoded', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    decoder.decode(counter(0, 5), T, sink);
    decoder.forgetSeries([]);
    decoder.decode(counter(10_000, 7), T, sink);
    const samples = sink.samples.length;
    decoder.decode(counter(20_000, 1), T, sink);
    sink.samples.length = samples;
    decoder.undo();
    decoder.decode(counter(30_000, 3), T, sink);
    expect([...seriesOf(sink).values()]).toEqual([
      [
        [-9_999, 0],
        [0, 5],
        [10_000, 12],
        [30_000, 15],
      ],
    ]);
  });
});

describe('cumulative points', () => {
  const sum = (isMonotonic: boolean) => (start: number, end: number, asInt: number, scope?: string) => {
    const point = { startTimeUnixNano: nanos(T + start), timeUnixNano: nanos(T + end), asInt };
    return requestOf({ sum: { aggregationTemporality: 2, isMonotonic, dataPoints: [point] } }, scope);
  };
  const samplesOf = (...requests: Uint8Array[]) => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    for (const request of requests) decoder.decode(request, T, sink);
    return { sink, samples: [...seriesOf(sink).values()][0] };
  };

  it('begin from a zero at their start, and again when the start is another', () => {
    const counterAt = sum(true);
    const requests = [counterAt(0, 10_000, 5), counterAt(0, 20_000, 6), counterAt(25_000, 30_000, 9)];
    expect(samplesOf(...requests).samples).toEqual([
      [1, 0],
      [10_000, 5],
      [20_000, 6],
      [25_001, 0],
      [30_000, 9],
    ]);
  });

  it('begin with themselves where the start is unknown, long ago, or within what another process counted', () => {
    const counterAt = sum(true);
    expect(samplesOf(counterAt(10_000, 10_000, 5)).samples).toHaveLength(1);
    expect(samplesOf(counterAt(-3_700_000, 0, 5)).samples).toHaveLength(1);
    expect(samplesOf(counterAt(-3_500_000, 0, 5)).samples).toHaveLength(2);
    expect(samplesOf(counterAt(0, 10_000, 5), counterAt(5_000, 11_000, 1)).samples).toHaveLength(3);
    expect(samplesOf(sum(false)(0, 10_000, 5)).samples).toHaveLength(1);
  });

  it('of histograms, exponential histograms and summaries begin from zero too', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    const point = { startTimeUnixNano: nanos(T), timeUnixNano: nanos(T + 10_000), count: '2', sum: 3 };
    const data = { aggregationTemporality: 2, dataPoints: [point] };
    decoder.decode(requestOf({ histogram: data }), T, sink);
    decoder.decode(requestOf({ name: 'y', summary: { dataPoints: [point] } }), T, sink);
    decoder.decode(requestOf({ name: 'z', exponentialHistogram: data }), T, sink);
    expect([...seriesOf(sink)].map(([name, samples]) => [name, samples[0]])).toEqual(
      ['x_sum{}', 'x_count{}', 'x_bucket{le=+Inf}', 'y_sum{}', 'y_count{}'].map((name) => [name, [1, 0]]),
    );
    expect(sink.exponential.map(({ timeMs, count }) => [timeMs - T, count])).toEqual([
      [1, 0n],
      [10_000, 2n],
    ]);
  });

  it('at one time: the first stays, as in Prometheus, and the other is counted', () => {
    const counterAt = sum(true);
    const { sink, samples } = samplesOf(counterAt(0, 10_000, 5, 'a'), counterAt(0, 10_000, 8, 'b'));
    expect(samples).toEqual([
      [1, 0],
      [10_000, 5],
    ]);
    expect(sink.leftOut).toEqual(['same-time']);
    expect(samplesOf(counterAt(0, 10_000, 5, 'a'), counterAt(0, 10_000, 5, 'b')).sink.leftOut).toEqual([]);
  });
});
