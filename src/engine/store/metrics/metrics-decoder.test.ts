import { describe, expect, it } from 'vitest';
import { MetricsDecoder } from './metrics-decoder';
import { RecordingSink } from './recording-sink';
import { attribute, counter, decode, nanos, request, T } from './test-metrics';

describe('MetricsDecoder', () => {
  it('stores gauges and counters under translated names with the labels of point and resource', () => {
    const { sink } = decode(
      [
        {
          name: 'queue.length',
          gauge: {
            dataPoints: [{ timeUnixNano: nanos(T), asInt: '-7', attributes: [attribute('queue.name', 'mail')] }],
          },
        },
        counter([{ timeUnixNano: nanos(T), asDouble: 12.5 }]),
      ],
      [
        attribute('service.name', 'cart'),
        attribute('service.namespace', 'shop'),
        attribute('service.instance.id', 'i-1'),
      ],
    );
    const resource = 'service_instance_id=i-1,service_name=cart,service_namespace=shop';
    expect(sink.samples).toEqual([
      [`queue_length{instance=i-1,job=shop/cart,queue_name=mail,${resource}}`, T, -7],
      [`requests_total{instance=i-1,job=shop/cart,${resource}}`, T, 12.5],
    ]);
    expect(sink.families).toEqual(['queue_length gauge', 'requests_total counter  Requests served.']);
  });

  it('joins attributes that become one label and leaves empty values out', () => {
    const attributes = [
      attribute('http.route', 'b'),
      attribute('http_route', 'c'),
      attribute('http-route', 'a'),
      attribute('none', ''),
    ];
    const { sink } = decode(
      [{ name: 'x', gauge: { dataPoints: [{ timeUnixNano: nanos(T), asInt: 1, attributes }] } }],
      [attribute('a', 'b')],
    );
    expect(sink.samples).toEqual([['x{http_route=a;b;c}', T, 1]]);
  });

  it('writes target_info once a time with what the resource tells beyond its identity', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    const resource = [attribute('service.name', 'shop'), attribute('host.name', 'box')];
    const at = (...times: number[]) =>
      request([counter(times.map((time) => ({ timeUnixNano: nanos(time), asInt: 1 })))], resource);
    decoder.decode(at(T, T + 400_000), T, sink);
    decoder.decode(at(T + 400_000), T, sink);
    const infos = sink.samples.filter(([series]) => series.startsWith('target_info'));
    expect(infos.map(([, time]) => time - T)).toEqual([0, 150_000, 300_000, 400_000]);
    expect(infos[0]![0]).toBe('target_info{host_name=box,job=shop,service_name=shop}');
  });

  it('makes cumulative buckets of a histogram and hangs each exemplar on its bucket', () => {
    const exemplars = [
      {
        timeUnixNano: nanos(T - 5),
        asDouble: 0.3,
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
      },
      { asDouble: 99, filteredAttributes: [attribute('user', 'ann')] },
    ];
    const point = {
      timeUnixNano: nanos(T),
      count: '6',
      sum: 12,
      explicitBounds: [0.1, 0.5, 2.5e-7 + 1],
      bucketCounts: ['1', '2', '0', '3'],
      exemplars,
    };
    const { sink, kept } = decode([
      { name: 'wait', unit: 's', histogram: { aggregationTemporality: 2, dataPoints: [point] } },
    ]);
    expect(kept).toBe(1);
    const labels = 'job=shop,service_name=shop';
    expect(new Map(sink.samples.map(([series, , value]) => [series, value]))).toEqual(
      new Map<string, number>([
        [`wait_seconds_sum{${labels}}`, 12],
        [`wait_seconds_count{${labels}}`, 6],
        [`wait_seconds_bucket{job=shop,le=0.1,service_name=shop}`, 1],
        [`wait_seconds_bucket{job=shop,le=0.5,service_name=shop}`, 3],
        [`wait_seconds_bucket{job=shop,le=1.00000025,service_name=shop}`, 3],
        [`wait_seconds_bucket{job=shop,le=+Inf,service_name=shop}`, 6],
      ]),
    );
    expect(sink.exemplars).toMatchObject([
      {
        of: 'wait_seconds_bucket{job=shop,le=0.5,service_name=shop}',
        timeMs: T - 5,
        traceHi: 0x0af7651916cd43ddn,
        traceLo: 0x8448eb211c80319cn,
        spanId: 0xb7ad6b7169203331n,
      },
      { of: 'wait_seconds_bucket{job=shop,le=+Inf,service_name=shop}', timeMs: T, traceHi: 0n },
    ]);
    expect(sink.exemplars[1]!.attributes).toHaveLength(1);
  });

  it('leaves out the points that make no sense, and keeps the others', () => {
    const histogram = (explicitBounds: number[], bucketCounts: string[]) => ({
      timeUnixNano: nanos(T + bucketCounts.length),
      count: '1',
      explicitBounds,
      bucketCounts,
    });
    const dataPoints = [
      histogram([1, 2], ['1', '0']),
      histogram([2, 1], ['1', '0', '0']),
      histogram([], []),
      histogram([1], ['0', '1']),
    ];
    const { sink, kept } = decode([
      { name: 'wait', histogram: { aggregationTemporality: 2, dataPoints } },
      counter([{ timeUnixNano: nanos(T), asInt: 1 }], 0),
      { name: '', gauge: { dataPoints: [{ timeUnixNano: nanos(T), asInt: 1 }] } },
      {
        name: 'bad.label',
        gauge: { dataPoints: [{ timeUnixNano: nanos(T), asInt: 1, attributes: [attribute('', 'x')] }] },
      },
    ]);
    expect(kept).toBe(2);
    expect(sink.samples).toHaveLength(2 + 3);
  });

  it('keeps what Prometheus keeps: names in any script, a point without a value, bounds without counts', () => {
    const { sink, kept } = decode(
      [
        { name: 'температура', unit: 'Cel', gauge: { dataPoints: [{ timeUnixNano: nanos(T) }] } },
        {
          name: 'wait',
          histogram: {
            aggregationTemporality: 2,
            dataPoints: [
              {
                timeUnixNano: nanos(T),
                count: '2',
                explicitBounds: [1],
                attributes: [attribute('город', 'Омск'), attribute('время', '5'), attribute('...', 'x')],
              },
            ],
          },
        },
      ],
      [attribute('a', 'b')],
    );
    expect(kept).toBe(2);
    expect(sink.samples).toEqual([
      ['температура_celsius{}', T, 0],
      ['wait_count{...=x,время=5,город=Омск}', T, 2],
      ['wait_bucket{...=x,le=+Inf,время=5,город=Омск}', T, 2],
    ]);
  });

  it('adds deltas up from a zero at their start', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    const delta = (start: number, asInt: number) =>
      request([counter([{ startTimeUnixNano: nanos(start), timeUnixNano: nanos(start + 1000), asInt }], 1)]);
    decoder.decode(delta(T, 5), T, sink);
    decoder.decode(delta(T + 1000, 2), T, sink);
    expect(sink.samples.map(([, time, value]) => [time - T, value])).toEqual([
      [1, 0],
      [1000, 5],
      [2000, 7],
    ]);
  });

  it('adds the buckets of delta histograms up', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    for (let i = 0; i < 2; i++) {
      const point = { timeUnixNano: nanos(T + i), count: '3', sum: 4, explicitBounds: [1], bucketCounts: ['1', '2'] };
      decoder.decode(
        request([{ name: 'wait', histogram: { aggregationTemporality: 1, dataPoints: [point] } }]),
        T,
        sink,
      );
    }
    const last = sink.samples
      .filter(([, time]) => time === T + 1)
      .map(([series, , value]) => [series.replace(/[{,](job|service_name)=shop/g, ''), value]);
    expect(last).toEqual([
      ['wait_sum}', 8],
      ['wait_count}', 6],
      ['wait_bucket,le=1}', 2],
      ['wait_bucket,le=+Inf}', 6],
    ]);
  });

  it('stores quantiles of summaries', () => {
    const point = {
      timeUnixNano: nanos(T),
      count: '9',
      sum: 4.5,
      quantileValues: [
        { quantile: 0.5, value: 1 },
        { quantile: 0.99, value: 3 },
      ],
    };
    const { sink } = decode([{ name: 'gc', unit: 'ms', summary: { dataPoints: [point] } }], [attribute('a', 'b')]);
    expect(sink.samples.map(([series, , value]) => [series, value])).toEqual([
      ['gc_milliseconds_sum{}', 4.5],
      ['gc_milliseconds_count{}', 9],
      ['gc_milliseconds{quantile=0.5}', 1],
      ['gc_milliseconds{quantile=0.99}', 3],
    ]);
  });

  it('marks every series of a point without a recorded value as stale', () => {
    const { sink } = decode([
      counter([{ timeUnixNano: nanos(T), flags: 1 }]),
      {
        name: 'wait',
        histogram: {
          aggregationTemporality: 2,
          dataPoints: [{ timeUnixNano: nanos(T), flags: 1, explicitBounds: [1] }],
        },
      },
    ]);
    expect(sink.samples.map(([, , value]) => value)).toEqual(['stale', 'stale', 'stale', 'stale']);
  });

  it('keeps exponential histograms whole and adds deltas on the coarser scale', () => {
    const sink = new RecordingSink();
    const decoder = new MetricsDecoder();
    const send = (scale: number, offset: number, bucketCounts: string[]) => {
      const point = {
        timeUnixNano: nanos(T),
        count: '3',
        sum: 1.5,
        scale,
        zeroCount: '1',
        positive: { offset, bucketCounts },
      };
      decoder.decode(
        request([{ name: 'wait', exponentialHistogram: { aggregationTemporality: 1, dataPoints: [point] } }]),
        T,
        sink,
      );
    };
    send(1, -3, ['1', '0', '1']);
    send(0, 0, ['2']);
    expect(sink.exponential[0]).toMatchObject({
      scale: 1,
      positiveOffset: -3,
      positiveCounts: [1n, 0n, 1n],
      count: 3n,
    });
    expect(sink.exponential[1]).toMatchObject({
      scale: 0,
      positiveOffset: -2,
      positiveCounts: [1n, 1n, 2n],
      count: 6n,
      sum: 3,
      zeroCount: 2n,
    });
  });

  it('has nothing to tell of a histogram without buckets, nor of values that are no numbers', () => {
    const histogram = { dataPoints: [{ timeUnixNano: nanos(T), count: '6', sum: 1 }], aggregationTemporality: 2 };
    const exponentialHistogram = {
      dataPoints: [{ timeUnixNano: nanos(T), count: '6', sum: 'NaN', positive: { bucketCounts: ['2'] } }],
      aggregationTemporality: 2,
    };
    const { sink } = decode([
      { name: 'x', histogram },
      { name: 'y', exponentialHistogram },
    ]);
    expect(sink.leftOut).toEqual([]);
  });

  it('drops points by count when there may be no more series', () => {
    const sink = new RecordingSink();
    sink.cap = 1;
    const points = ['a', 'b'].map((v) => ({ timeUnixNano: nanos(T), asInt: 1, attributes: [attribute('k', v)] }));
    expect(new MetricsDecoder().decode(request([counter(points)]), T, sink).kept).toBe(1);
    expect(sink.samples).toHaveLength(1);
    expect(sink.leftOut).toEqual(['series-cap']);
  });
});
