import type { Grouping } from '../logql/ast';
import { labelsKey } from '../records/log-stream';
import type { PointBudget } from './point-budget';

/** The points in time of an evaluation: `count` steps of `stepNs` from `startNs` on. */
export interface StepGrid {
  readonly startNs: bigint;
  readonly stepNs: bigint;
  readonly count: number;
  /** What all series over this grid may take. */
  readonly budget?: PointBudget;
}

/** A series over a grid; a step without a sample has 0 in `present`. */
export interface MetricSeries {
  readonly labels: ReadonlyMap<string, string>;
  readonly values: Float64Array;
  readonly present: Uint8Array;
}

/** Throws a QueryError where the grid's budget is used up. */
export function createSeries(labels: ReadonlyMap<string, string>, grid: StepGrid): MetricSeries {
  grid.budget?.hold(grid.count);
  return { labels, values: new Float64Array(grid.count), present: new Uint8Array(grid.count) };
}

/** The labels a grouping keeps; undefined keeps all. */
export function groupLabels(
  labels: ReadonlyMap<string, string>,
  grouping: Grouping | undefined,
): ReadonlyMap<string, string> {
  if (!grouping) return labels;
  const kept = new Map<string, string>();
  if (grouping.without) {
    for (const [name, value] of labels) if (!grouping.labels.includes(name)) kept.set(name, value);
    return kept;
  }
  for (const name of grouping.labels) {
    const value = labels.get(name);
    if (value !== undefined && value !== '') kept.set(name, value);
  }
  return kept;
}

/** Series by their labels, created as they are met. */
export class SeriesTable {
  private readonly byKey = new Map<string, MetricSeries>();

  constructor(private readonly grid: StepGrid) {}

  get(labels: ReadonlyMap<string, string>): MetricSeries {
    const key = labelsKey(labels);
    let series = this.byKey.get(key);
    if (!series) {
      series = createSeries(labels, this.grid);
      this.byKey.set(key, series);
    }
    return series;
  }

  all(): MetricSeries[] {
    return [...this.byKey.values()];
  }
}
