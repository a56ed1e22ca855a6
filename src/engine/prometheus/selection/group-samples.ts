import type { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';

/** Rows of samples: equally long columns. `rowids` tell the order of arrival. */
export interface SampleRows {
  readonly series: Uint32Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly rowids: Float64Array;
}

export interface SeriesSamples {
  readonly series: number;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/**
 * Rows of many series as one ascending run of samples a series, for the series in `wanted`. Of several samples at one
 * time the last that arrived stays. Done in turns. Values are moved as words: as numbers, a NaN could lose the bits of a stale marker.
 */
export async function groupSamples(rows: SampleRows, wanted: readonly number[], pace: Pace): Promise<SeriesSamples[]> {
  if (wanted.length === 0) return [];
  const first = wanted.reduce((a, b) => Math.min(a, b));
  const slots = new Int32Array(wanted.reduce((a, b) => Math.max(a, b)) - first + 1).fill(-1);
  wanted.forEach((series, slot) => {
    slots[series - first] = slot;
  });
  const slotOf = (row: number) => slots[rows.series[row]! - first] ?? -1;

  const ends = new Uint32Array(wanted.length + 1);
  for (let row = 0; row < rows.series.length; row++) {
    const slot = slotOf(row);
    if (slot >= 0) ends[slot + 1]!++;
    if (row % ROWS_IN_A_TURN === 0 && pace.isDue()) await pace.turn();
  }
  for (let slot = 0; slot < wanted.length; slot++) ends[slot + 1]! += ends[slot]!;
  const starts = ends.slice(0, -1);

  const times = new Float64Array(ends[wanted.length]!);
  const values = new Float64Array(times.length);
  const [from, to] = [wordsOf(rows.values), wordsOf(values)];
  const next = starts.slice();
  for (const [start, end] of await arrivalRuns(rows.rowids, pace)) {
    if (pace.isDueAfter(end - start)) await pace.turn();
    for (let row = start; row < end; row++) {
      const slot = slotOf(row);
      if (slot < 0) continue;
      const at = next[slot]!++;
      times[at] = rows.times[row]!;
      to[2 * at] = from[2 * row]!;
      to[2 * at + 1] = from[2 * row + 1]!;
    }
  }

  const groups: SeriesSamples[] = [];
  for (const [slot, series] of wanted.entries()) {
    const [start, end] = [starts[slot]!, ends[slot + 1]!];
    if (start === end) continue;
    const samples = { series, times: times.subarray(start, end), values: values.subarray(start, end) };
    groups.push(isAscending(samples.times) ? samples : await sortSamples(samples, pace));
    if (pace.isDueAfter(end - start)) await pace.turn();
  }
  return groups;
}

/** Rows that take well below a millisecond. */
const ROWS_IN_A_TURN = 16_384;

/** DuckDB's vectors of this many rows stay whole and in order; which thread reads which, and answers first, is open. */
const VECTOR_ROWS = 2048;
/** Finding one stretch of rows, in units of `Pace.isDueAfter`. */
const RUN = 10;

/** Stretches of rows from one vector each, in the order of arrival. */
async function arrivalRuns(rowids: Float64Array, pace: Pace): Promise<[start: number, end: number][]> {
  const runs: [number, number][] = [];
  for (let start = 0; start < rowids.length; ) {
    const vectorEnd = (Math.floor(rowids[start]! / VECTOR_ROWS) + 1) * VECTOR_ROWS;
    let end = start + 1;
    while (end < rowids.length && rowids[end]! > rowids[end - 1]! && rowids[end]! < vectorEnd) end++;
    runs.push([start, end]);
    if (pace.isDueAfter(RUN + end - start)) await pace.turn();
    start = end;
  }
  return await sortInTurns(runs, ([a], [b]) => rowids[a]! - rowids[b]!, pace);
}

function isAscending(times: Float64Array): boolean {
  for (let i = 1; i < times.length; i++) if (times[i]! <= times[i - 1]!) return false;
  return true;
}

async function sortSamples({ series, times, values }: SeriesSamples, pace: Pace): Promise<SeriesSamples> {
  // Sorting is stable, so that among equal times the last to arrive stands last.
  const order = await sortInTurns([...times.keys()], (a, b) => times[a]! - times[b]!, pace);
  const kept = order.filter((at, i) => times[order[i + 1] ?? -1] !== times[at]);
  const sorted = { series, times: new Float64Array(kept.length), values: new Float64Array(kept.length) };
  const [from, to] = [wordsOf(values), wordsOf(sorted.values)];
  kept.forEach((at, i) => {
    sorted.times[i] = times[at]!;
    to[2 * i] = from[2 * at]!;
    to[2 * i + 1] = from[2 * at + 1]!;
  });
  return sorted;
}

function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}
