import type { MetricSeries, StepGrid } from '../metrics/metric-series';
import { labelsKey } from '../records/log-stream';

/** A sample as Loki writes it: never with an exponent. */
export function formatSample(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa, exponent] = text.split('e') as [string, string];
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.') as [string, string?];
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const sign = value < 0 ? '-' : '';
  return point <= 0 ? `${sign}0.${'0'.repeat(-point)}${digits}` : `${sign}${digits.padEnd(point, '0')}`;
}

/** Seconds with milliseconds. */
export function seconds(ns: bigint): number {
  return Number(ns / 1_000_000n) / 1000;
}

/** Series over a grid as a matrix, sorted by labels, each written when it is asked for. */
export function* writeMatrix(series: readonly MetricSeries[], grid: StepGrid): Generator<object> {
  const keyed = series.map((one) => ({ one, key: labelsKey(one.labels) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { one } of keyed) {
    const values = writePoints(one.values, one.present, grid);
    if (values.length > 0) yield { metric: Object.fromEntries(one.labels), values };
  }
}

function writePoints(values: Float64Array, present: Uint8Array, { startNs, stepNs }: StepGrid): [number, string][] {
  const points: [number, string][] = [];
  for (let step = 0; step < values.length; step++) {
    if (present[step]) points.push([seconds(startNs + stepNs * BigInt(step)), formatSample(values[step]!)]);
  }
  return points;
}

/** The first step of each series as a vector, in the order given. */
export function writeVector(series: readonly MetricSeries[], timeNs: bigint): object[] {
  return series
    .filter(({ present }) => present[0])
    .map(({ labels, values }) => ({
      metric: Object.fromEntries(labels),
      value: [seconds(timeNs), formatSample(values[0]!)],
    }));
}

export function writeScalar(value: number, timeNs: bigint): [number, string] {
  return [seconds(timeNs), formatSample(value)];
}
