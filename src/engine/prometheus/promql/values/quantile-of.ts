import type { Pace } from '../../../pace/pace';

/** Up to this length, insertion beats the call into the built-in sort. */
const INSERTION_LIMIT = 48;

/** The values being sorted; reused, as a range query sorts one window a step and series. */
let scratch = new Float64Array(1024);

/** The φ-quantile of `values[from..to)` with linear interpolation. φ outside [0, 1] gives an infinity, no values give NaN. */
export function quantileOf(phi: number, values: Float64Array, from: number, to: number): number {
  if (from === to || Number.isNaN(phi)) return Number.NaN;
  if (phi < 0) return Number.NEGATIVE_INFINITY;
  if (phi > 1) return Number.POSITIVE_INFINITY;
  return interpolate(phi, sortNaNFirst(values, from, to), to - from - 1);
}

/** The same of very many values, which are sorted in turns. */
export async function quantileInTurns(phi: number, values: Float64Array, pace: Pace): Promise<number> {
  if (values.length === 0 || Number.isNaN(phi) || phi < 0 || phi > 1) return quantileOf(phi, values, 0, values.length);
  return interpolate(phi, await sortInParts(values, pace), values.length - 1);
}

function interpolate(phi: number, sorted: Float64Array, last: number): number {
  const rank = phi * last;
  const lower = Math.floor(rank);
  const upper = Math.min(last, lower + 1);
  const weight = rank - lower;
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight;
}

/** Values that are sorted, or merged, within one turn. */
const PART = 16_384;

/** NaN first. */
async function sortInParts(values: Float64Array, pace: Pace): Promise<Float64Array> {
  let sorted = new Float64Array(values.length);
  let spare = new Float64Array(values.length);
  for (let from = 0; from < values.length; from += PART) {
    const to = Math.min(from + PART, values.length);
    sorted.set(sortNaNFirst(values, from, to).subarray(0, to - from), from);
    if (pace.isDue()) await pace.turn();
  }
  for (let run = PART; run < values.length; run *= 2) {
    for (let from = 0; from < values.length; from += 2 * run) {
      const [middle, to] = [Math.min(from + run, values.length), Math.min(from + 2 * run, values.length)];
      let [left, right] = [from, middle];
      for (let at = from; at < to; at++) {
        const takesLeft = right >= to || (left < middle && !isBefore(sorted[right]!, sorted[left]!));
        spare[at] = takesLeft ? sorted[left++]! : sorted[right++]!;
        if (at % PART === 0 && pace.isDue()) await pace.turn();
      }
    }
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}

function isBefore(value: number, other: number): boolean {
  return value < other || (Number.isNaN(value) && !Number.isNaN(other));
}

/** Prometheus counts NaN as the smallest value; the built-in sort puts it last. */
function sortNaNFirst(values: Float64Array, from: number, to: number): Float64Array {
  const length = to - from;
  if (scratch.length < length) scratch = new Float64Array(length * 2);
  let numbers = 0;
  for (let i = to - 1; i >= from; i--) if (!Number.isNaN(values[i])) scratch[length - 1 - numbers++] = values[i]!;
  const firstNumber = length - numbers;
  scratch.fill(Number.NaN, 0, firstNumber);
  if (numbers > INSERTION_LIMIT) scratch.subarray(firstNumber, length).sort();
  else sortByInsertion(scratch, firstNumber, length);
  return scratch;
}

function sortByInsertion(values: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    let hole = i;
    for (; hole > from && values[hole - 1]! > value; hole--) values[hole] = values[hole - 1]!;
    values[hole] = value;
  }
}
