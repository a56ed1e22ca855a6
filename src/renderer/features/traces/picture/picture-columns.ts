import type { Attribute } from '../../../../shared/contract/telemetry';
import type { HeatCells } from '../../../ui/charts/heat-cells';

/** Spans that start within one step. */
export interface PictureColumn {
  /** By the power of two up to which their durations go, nanoseconds. */
  readonly durations: ReadonlyMap<number, number>;
  readonly spans: number;
  readonly errors: number;
}

/** By the end of its step, Unix milliseconds. */
export type PictureColumns = ReadonlyMap<number, PictureColumn>;

interface RangeSeries {
  labels: Attribute[];
  points: [time: number, value: number][];
}

/** What a histogram of durations, and numbers by status, say of each step that ends within (from, to]. */
export function readColumns(
  durations: readonly RangeSeries[],
  statuses: readonly RangeSeries[],
  from: number,
  to: number,
): Map<number, PictureColumn> {
  const columns = new Map<number, { durations: Map<number, number>; spans: number; errors: number }>();
  const at = (end: number) => {
    const known = columns.get(end) ?? { durations: new Map<number, number>(), spans: 0, errors: 0 };
    columns.set(end, known);
    return known;
  };
  for (const { labels, points } of durations) {
    const bound = Number(labels.find(({ key }) => key === '__bucket')?.value);
    const power = Math.round(Math.log2(bound * 1e9));
    if (!Number.isFinite(power)) continue;
    for (const [end, count] of points) if (count > 0 && end > from && end <= to) at(end).durations.set(power, count);
  }
  for (const { labels, points } of statuses) {
    const isError = labels.some(({ key, value }) => key === 'status' && value === 'error');
    for (const [end, count] of points) {
      if (!(count > 0) || end <= from || end > to) continue;
      const column = at(end);
      column.spans += count;
      if (isError) column.errors += count;
    }
  }
  return columns;
}

/** Fewer rows would be as high as a picture of nothing. */
const leastRows = 8;

/** The columns of a window as cells; `from` and `to` are ends of steps, Unix milliseconds, and rows are durations in nanoseconds. */
export function heatOf(columns: PictureColumns, from: number, to: number, stepMs: number): HeatCells {
  const powers = [...columns.values()].flatMap(({ durations }) => [...durations.keys()]);
  // A loop: there may be more than a call takes as arguments.
  let [low, high] = powers.length === 0 ? [20, 28] : [powers[0]!, powers[0]!];
  for (const power of powers) [low, high] = [Math.min(low, power), Math.max(high, power)];
  for (let below = true; high - low + 1 < leastRows; below = !below) below ? low-- : high++;
  const count = Math.max(1, Math.round((to - from) / stepMs));
  const rows = high - low + 1;
  return {
    xs: Array.from({ length: count + 1 }, (_, index) => from + index * stepMs),
    ys: Array.from({ length: rows + 1 }, (_, index) => 2 ** (low - 1 + index)),
    columns: Array.from({ length: count }, (_, index) => {
      const column = columns.get(from + (index + 1) * stepMs);
      return Array.from({ length: rows }, (_, row) => column?.durations.get(low + row) ?? 0);
    }),
  };
}

/** Of all spans: what is slow is at least so many, and no more than this, as far as whole rows allow. */
const slowShare = { least: 0.05, most: 0.25 };

/**
 * The bound above which the slow spans lie: rows from the uppermost down until they hold enough, without one that would make most of
 * what there is slow. Null where there are none.
 */
export function slowBound({ columns, ys }: HeatCells): number | null {
  const rows = ys.length - 1;
  const byRow = Array.from({ length: rows }, (_, row) => columns.reduce((sum, column) => sum + column[row]!, 0));
  const total = byRow.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let above = 0;
  let row = rows - 1;
  // The uppermost row that has any is slow, however many it has.
  for (; row > 0; row--) {
    const together = above + byRow[row]!;
    if (above > 0 && (above >= total * slowShare.least || together > total * slowShare.most)) break;
    above = together;
  }
  return ys[row + 1]!;
}
