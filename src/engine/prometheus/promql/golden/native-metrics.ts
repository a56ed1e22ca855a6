/** When the metrics begin, in Unix seconds. */
export const T = 1_700_000_000;

const POINTS = 8;
const STEP_SECONDS = 30;

/** Exponential histograms of three shapes, one of which begins anew with a finer scale: an OTLP request as JSON. */
export function nativeMetrics(): object {
  const grows = points({ route: 'a' }, (n) => ({ scale: 1, offset: -2, counts: [n, 2 * n, 3 * n], negative: [] }));
  const signed = points({ route: 'b' }, (n) => ({ scale: 0, offset: 0, counts: [2 * n, n], negative: [n] }));
  const anew = points({ route: 'c' }, (n) =>
    n < 5
      ? { scale: 2, offset: 1, counts: [4 * n], negative: [] }
      : { scale: 3, offset: 2, counts: [n - 4, 1], negative: [] },
  );
  const fine = points({}, (n) => ({ scale: 10, offset: 100, counts: [n, 0, n, n, n, 0, 0, n], negative: [] }));
  const metrics = [
    { name: 'lat', exponentialHistogram: { aggregationTemporality: 2, dataPoints: [...grows, ...signed, ...anew] } },
    { name: 'fine', exponentialHistogram: { aggregationTemporality: 2, dataPoints: fine } },
  ];
  return { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
}

interface Shape {
  scale: number;
  offset: number;
  counts: readonly number[];
  negative: readonly number[];
}

function points(labels: Readonly<Record<string, string>>, shapeOf: (n: number) => Shape): object[] {
  return Array.from({ length: POINTS }, (_, i) => {
    const { scale, offset, counts, negative } = shapeOf(i + 1);
    const zeroCount = i % 3;
    return {
      attributes: Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } })),
      timeUnixNano: `${T + i * STEP_SECONDS}000000000`,
      count: String([...counts, ...negative].reduce((sum, count) => sum + count, zeroCount)),
      sum: 1.25 * (i + 1),
      scale,
      zeroCount: String(zeroCount),
      positive: { offset, bucketCounts: counts.map(String) },
      negative: { offset: -1, bucketCounts: negative.map(String) },
    };
  });
}

/** Asked 210 s after the beginning. */
export const NATIVE_QUERIES: readonly string[] = [
  'lat',
  'fine',
  'histogram_count(lat)',
  'histogram_sum(lat)',
  'histogram_avg(lat)',
  'histogram_stddev(lat)',
  'histogram_stdvar(lat)',
  'histogram_quantile(0.3, lat)',
  'histogram_quantile(0.95, lat)',
  'histogram_quantile(0.95, fine)',
  'histogram_quantile(-1, lat)',
  'histogram_fraction(-0.7, 1.2, lat)',
  'rate(lat[3m])',
  'increase(lat[3m])',
  'delta(lat[3m])',
  'irate(lat[3m])',
  'idelta(lat[3m])',
  'sum(rate(lat[2m]))',
  'sum(lat)',
  'avg(lat)',
  'sum({__name__=~"lat|fine"})',
  'max(lat)',
  'topk(1, lat)',
  'count(lat)',
  'lat * 0.5',
  'lat / 4',
  'lat + lat',
  'lat - lat offset 1m',
  'lat > lat',
  'lat + 1',
  'resets(lat[4m])',
  'changes(lat[4m])',
  'sum_over_time(lat[1m])',
  'avg_over_time(lat[1m])',
  'max_over_time(lat[1m])',
  'increase(lat[3m:1m])',
  'histogram_quantile(0.9, sum(rate(lat[2m])))',
];
