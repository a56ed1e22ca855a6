import { KahanSum } from '../../../samples/kahan-sum';

/** One number from the values `from` (inclusive) to `to` (exclusive), of which there is at least one. */
export interface Fold {
  (values: ArrayLike<number>, from: number, to: number): number;
  /** The same part by part; absent where a fold of millions of values takes a few milliseconds only. */
  readonly inParts?: () => Accumulator;
}

/** Takes values in parts that follow each other. */
interface Accumulator {
  add(values: ArrayLike<number>, from: number, to: number): void;
  result(): number;
}

function accumulating(inParts: () => Accumulator): Fold {
  const fold = (values: ArrayLike<number>, from: number, to: number) => {
    const accumulator = inParts();
    accumulator.add(values, from, to);
    return accumulator.result();
  };
  return Object.assign(fold, { inParts });
}

class Sum implements Accumulator {
  readonly #total = new KahanSum();

  add(values: ArrayLike<number>, from: number, to: number): void {
    const total = this.#total;
    for (let i = from; i < to; i++) total.add(values[i]!);
  }

  result(): number {
    return this.#total.total;
  }
}

/** Where the sum overflows, a running mean is used. */
class Average implements Accumulator {
  readonly #sum = new Sum();
  #values: ArrayLike<number> = [];
  #from: number | undefined;
  #to = 0;

  add(values: ArrayLike<number>, from: number, to: number): void {
    this.#from ??= from;
    this.#values = values;
    this.#to = to;
    this.#sum.add(values, from, to);
  }

  result(): number {
    const sum = this.#sum.result();
    const [values, from, to] = [this.#values, this.#from ?? 0, this.#to];
    if (Number.isFinite(sum)) return sum / (to - from);
    let mean = 0;
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(values[i]!)) return sum / (to - from);
      mean += values[i]! / (i - from + 1) - mean / (i - from + 1);
    }
    return mean;
  }
}

/** The population's (Welford). */
class Variance implements Accumulator {
  readonly #squares = new KahanSum();
  readonly #mean = new KahanSum();
  #count = 0;

  add(values: ArrayLike<number>, from: number, to: number): void {
    const [squares, mean] = [this.#squares, this.#mean];
    for (let i = from; i < to; i++) {
      const delta = values[i]! - mean.total;
      mean.add(delta / ++this.#count);
      squares.add(delta * (values[i]! - mean.total));
    }
  }

  result(): number {
    return this.#squares.total / this.#count;
  }
}

class Deviation extends Variance {
  override result(): number {
    return Math.sqrt(super.result());
  }
}

export const sumOf: Fold = accumulating(() => new Sum());
export const averageOf: Fold = accumulating(() => new Average());
export const varianceOf: Fold = accumulating(() => new Variance());
export const deviationOf: Fold = accumulating(() => new Deviation());

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
