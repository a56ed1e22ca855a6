import type { StoreReader } from '../store/reader/reader';
import { type ExportRange, rangeCondition } from './export-range';

const STEP_MS = 10_000;
const MIN_POINTS = 20_000;

/** Ranges of time, one behind the other, with a bounded number of points each as long as their rate allows it. */
export async function timeWindows(
  reader: StoreReader,
  range: ExportRange,
  signal: AbortSignal,
): Promise<Required<ExportRange>[]> {
  const inRange = rangeCondition('time_ms', 'ms', range);
  const { rowCount, columns } = await reader.database.columns(
    `SELECT (time_ms // ${STEP_MS})::DOUBLE AS step, count(*)::DOUBLE
     FROM (SELECT time_ms FROM samples UNION ALL SELECT time_ms FROM exponential_histograms)
     WHERE ${inRange} GROUP BY step ORDER BY step`,
    [],
    { signal },
  );
  const [steps, counts] = columns as [Float64Array, Float64Array];
  const windows: Required<ExportRange>[] = [];
  let first = 0;
  let points = 0;
  for (let row = 0; row < rowCount; row++) {
    points += counts[row]!;
    if (points < MIN_POINTS && row < rowCount - 1) continue;
    windows.push({
      startMs: Math.max(steps[first]! * STEP_MS, range.startMs ?? 0),
      endMs: Math.min((steps[row]! + 1) * STEP_MS, range.endMs ?? Number.POSITIVE_INFINITY),
    });
    first = row + 1;
    points = 0;
  }
  return windows;
}
