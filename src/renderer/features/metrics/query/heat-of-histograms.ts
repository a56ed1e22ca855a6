import type { NativeHistogram, Series } from '../../../../shared/contract/telemetry';
import { groupBy } from '../../../../shared/group-by';
import type { HeatCells } from '../../../ui/charts/heat-cells';
import { promNumber } from './prom-number';

const mostRows = 40;

/**
 * The cells of a heat map: how many fell into each bucket in each step. `series` are rates of buckets by `le`, or of whole
 * histograms; steps in seconds. Null where there is no bucket.
 */
export function heatOfHistograms(series: readonly Series[], step: number): HeatCells | null {
  const native = series.find(({ histograms }) => histograms && histograms.length > 0);
  return native ? heatOfNative(native.histograms!, step) : heatOfClassic(series, step);
}

/** Buckets of which each has its own count, from those that hold all below them, too. */
interface Bucket {
  low: number;
  high: number;
  /** By step. */
  counts: Float64Array;
}

/** Who is told apart may have other bounds: the counts of each are taken apart first, and then laid on all bounds together. */
function heatOfClassic(series: readonly Series[], step: number): HeatCells | null {
  const bounded = series.filter(({ labels, values }) => labels.le !== undefined && values.length > 0);
  if (bounded.length === 0) return null;
  const grid = timeGrid(
    bounded.map(({ values }) => values),
    step,
  );
  const histograms = groupBy(bounded, ({ labels }) => JSON.stringify({ ...labels, le: '' }));
  const buckets = [...histograms.values()].flatMap((each) => bucketsOf(each, grid, step));
  const bounds = [...new Set(buckets.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const columns = grid.map(() => new Float64Array(bounds.length - 1));
  for (const { low, high, counts } of buckets) {
    const first = bounds.indexOf(low);
    const rows = bounds.indexOf(high) - first;
    for (let row = 0; row < rows; row++) {
      const share = shareOf(bounds[first + row]!, bounds[first + row + 1]!, low, high, rows);
      columns.forEach((column, at) => {
        column[first + row]! += counts[at]! * share;
      });
    }
  }
  return withoutEmptyEnds(grid, step, bounds, columns);
}

function bucketsOf(series: readonly Series[], grid: readonly number[], step: number): Bucket[] {
  const rows = series
    .map(({ labels, values }) => ({ bound: promNumber(labels.le!), values }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  let low = (rows[0]?.bound ?? 0) > 0 ? 0 : Number.NEGATIVE_INFINITY;
  let below = new Float64Array(grid.length);
  return rows.map(({ bound, values }) => {
    const upTo = below.slice();
    for (const [time, text] of values) {
      const value = Number(text);
      if (Number.isFinite(value)) upTo[Math.round((time - grid[0]!) / step)] = value;
    }
    const counts = upTo.map((value, at) => Math.max(0, value - below[at]!) * step);
    const bucket = { low, high: bound, counts };
    below = upTo;
    low = bound;
    return bucket;
  });
}

/** How much of a bucket lies between two bounds within it: evenly, as Prometheus takes it to be; of an open one in equal parts. */
function shareOf(from: number, to: number, low: number, high: number, rows: number): number {
  if (rows === 1) return 1;
  return Number.isFinite(high - low) ? (to - from) / (high - low) : 1 / rows;
}

function heatOfNative(samples: readonly [number, NativeHistogram][], step: number): HeatCells | null {
  const buckets = samples.flatMap(([time, { buckets = [] }]) =>
    buckets.map(([, low, high, count]) => ({
      time,
      low: promNumber(low),
      high: promNumber(high),
      count: Number(count),
    })),
  );
  if (buckets.length === 0) return null;
  const grid = timeGrid([samples], step);
  const bounds = rowBounds(buckets);
  const columns = grid.map(() => new Float64Array(bounds.length - 1));
  for (const { time, low, high, count } of buckets) {
    const column = columns[Math.round((time - grid[0]!) / step)]!;
    const middle = low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
    const above = bounds.findIndex((bound) => bound > middle);
    column[Math.max(0, (above < 0 ? bounds.length : above) - 1)]! += count * step;
  }
  return withoutEmptyEnds(grid, step, bounds, columns);
}

/** Rows as high as the widest bucket at least, so that none stays empty between two: in proportion, where all are above zero. */
function rowBounds(buckets: readonly { low: number; high: number }[]): number[] {
  const low = Math.min(...buckets.map((each) => each.low));
  const high = Math.max(...buckets.map((each) => each.high));
  const above = buckets.filter((each) => each.low > 0);
  if (low < 0 || above.length === 0) {
    const widest = Math.max(...buckets.map((each) => each.high - each.low));
    const rows = Math.max(1, Math.min(mostRows, Math.floor((high - low) / widest)));
    return Array.from({ length: rows + 1 }, (_, row) => low + ((high - low) * row) / rows);
  }
  const least = Math.min(...above.map((each) => each.low));
  const widest = Math.max(...above.map((each) => Math.log(each.high / each.low)));
  const rows = Math.max(1, Math.min(mostRows, Math.round(Math.log(high / least) / widest)));
  const bounds = Array.from({ length: rows + 1 }, (_, row) => least * (high / least) ** (row / rows));
  // What is about zero has a row of its own.
  return above.length < buckets.length ? [low, ...bounds] : bounds;
}

/** Times of the steps from the first sample to the last, Unix seconds. */
function timeGrid(samples: readonly (readonly [number, unknown][])[], step: number): number[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const each of samples) {
    if (each.length === 0) continue;
    first = Math.min(first, each[0]![0]);
    last = Math.max(last, each.at(-1)![0]);
  }
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);
}

/** The rows from the lowest to the highest with something in it; columns in Unix milliseconds, each ends at its sample. */
function withoutEmptyEnds(
  grid: readonly number[],
  step: number,
  bounds: readonly number[],
  columns: readonly Float64Array[],
): HeatCells | null {
  const used = bounds.slice(1).map((_, row) => columns.some((column) => column[row]! > 0));
  const low = used.indexOf(true);
  const high = used.lastIndexOf(true);
  if (low < 0) return null;
  return {
    xs: [grid[0]! - step, ...grid].map((seconds) => seconds * 1000),
    ys: bounds.slice(low, high + 2),
    columns: columns.map((column) => column.slice(low, high + 1)),
  };
}
