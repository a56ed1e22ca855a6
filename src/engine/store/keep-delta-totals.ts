import type { DeltaTotal } from './metrics/delta-sums';
import type { WaitingRows } from './waiting-rows';

/** Adds running totals to the rows that wait. */
export function keepDeltaTotals({ deltaTotals }: WaitingRows, totals: readonly DeltaTotal[]): void {
  const { columns } = deltaTotals;
  for (const { series, timeMs, value } of totals) {
    const row = deltaTotals.next();
    columns.series.data[row] = series;
    columns.time.setNumber(row, timeMs);
    columns.total.data[row] = value;
    deltaTotals.length++;
  }
}
