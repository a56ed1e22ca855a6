import { KahanSum } from './kahan-sum';

/** One number from the values `from` (inclusive) to `to` (exclusive), of which there is at least one. */
export type Fold = (values: ArrayLike<number>, from: number, to: number) => number;

export const sumOf: Fold = (values, from, to) => {
  const total = new KahanSum();
  for (let i = from; i < to; i++) total.add(values[i]!);
  return total.total;
};

/** The average; where the sum overflows, a running mean is used. */
export const averageOf: Fold = (values, from, to) => {
  const sum = sumOf(values, from, to);
  if (Number.isFinite(sum)) return sum / (to - from);
  let mean = 0;
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i]!)) return sum / (to - from);
    mean += values[i]! / (i - from + 1) - mean / (i - from + 1);
  }
  return mean;
};

/** The population variance (Welford). */
export const varianceOf: Fold = (values, from, to) => {
  const squares = new KahanSum();
  const mean = new KahanSum();
  for (let i = from; i < to; i++) {
    const delta = values[i]! - mean.total;
    mean.add(delta / (i - from + 1));
    squares.add(delta * (values[i]! - mean.total));
  }
  return squares.total / (to - from);
};

export const deviationOf: Fold = (values, from, to) => Math.sqrt(varianceOf(values, from, to));

// NaN gives way to any number.
export const leastOf: Fold = (values, from, to) => {
  let least = values[from]!;
  for (let i = from + 1; i < to; i++) if (values[i]! < least || Number.isNaN(least)) least = values[i]!;
  return least;
};

export const greatestOf: Fold = (values, from, to) => {
  let greatest = values[from]!;
  for (let i = from + 1; i < to; i++) if (values[i]! > greatest || Number.isNaN(greatest)) greatest = values[i]!;
  return greatest;
};

export const countOf: Fold = (_values, from, to) => to - from;

export const oneOf: Fold = () => 1;
