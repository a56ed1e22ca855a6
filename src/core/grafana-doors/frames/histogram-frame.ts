import { type DataFrame, noTypeVersion } from './data-frame';
import { readValue, toMilliseconds } from './read-sample';

/** A native histogram at a time, as Prometheus writes it: each bucket with its bounds and how they count. */
export type HistogramSample = readonly [
  seconds: number,
  histogram: { buckets?: readonly (readonly [layout: number, from: string, to: string, count: string])[] },
];

/** One row a bucket: cells of a heatmap. */
export function histogramFrame(
  samples: readonly HistogramSample[],
  labels: Readonly<Record<string, string>>,
): DataFrame {
  const cells = samples.flatMap(([seconds, { buckets = [] }]) =>
    buckets.map((bucket) => ({ at: toMilliseconds(seconds), bucket })),
  );
  const number = (name: string, place: 1 | 2 | 3) => ({
    name,
    type: 'number' as const,
    frame: 'float64' as const,
    values: cells.map(({ bucket }) => readValue(bucket[place])),
  });
  return {
    meta: { type: 'heatmap-cells', typeVersion: noTypeVersion },
    fields: [
      { name: 'xMax', type: 'time', frame: 'time.Time', values: cells.map(({ at }) => at) },
      { ...number('yMin', 1), labels },
      number('yMax', 2),
      number('count', 3),
      { name: 'yLayout', type: 'number', frame: 'int8', values: cells.map(({ bucket }) => bucket[0]) },
    ],
  };
}
