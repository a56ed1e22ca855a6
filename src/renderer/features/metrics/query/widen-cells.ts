import type { TimeWindow } from '../../../../shared/contract/telemetry';
import type { HeatCells } from '../../../ui/charts/heat-cells';

/** The cells with empty columns of their width before and behind them, up to the ends of the window: where nothing came is told as well. */
export function widenCells({ xs, ys, columns }: HeatCells, { from, to }: TimeWindow, stepMs: number): HeatCells {
  const before = Math.max(0, Math.floor((xs[0]! - from) / stepMs));
  const behind = Math.max(0, Math.floor((to - xs.at(-1)!) / stepMs));
  const empty = new Float64Array(ys.length - 1);
  return {
    xs: [
      ...Array.from({ length: before }, (_, index) => xs[0]! - (before - index) * stepMs),
      ...xs,
      ...Array.from({ length: behind }, (_, index) => xs.at(-1)! + (index + 1) * stepMs),
    ],
    ys,
    columns: [...new Array(before).fill(empty), ...columns, ...new Array(behind).fill(empty)],
  };
}
