/** Up to this length, insertion beats the call into the built-in sort. */
const INSERTION_LIMIT = 48;

/** The values being sorted; reused, as a range query sorts one window a step and series. */
let scratch = new Float64Array(1024);

/** The φ-quantile of `values[from..to)` with linear interpolation. φ outside [0, 1] gives an infinity, no values give NaN. */
export function quantileOf(phi: number, values: Float64Array, from: number, to: number): number {
  if (from === to || Number.isNaN(phi)) return Number.NaN;
  if (phi < 0) return Number.NEGATIVE_INFINITY;
  if (phi > 1) return Number.POSITIVE_INFINITY;
  const sorted = sortNaNFirst(values, from, to);
  const last = to - from - 1;
  const rank = phi * last;
  const lower = Math.floor(rank);
  const upper = Math.min(last, lower + 1);
  const weight = rank - lower;
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight;
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
