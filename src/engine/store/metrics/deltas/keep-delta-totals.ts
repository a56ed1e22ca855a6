import type { WaitingRows } from '../../tables/waiting-rows';
import type { DeltaTotal } from './delta-sums';

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
