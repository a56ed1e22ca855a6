/** Kahan-Neumaier summation: small terms survive beside large ones. */
export class KahanSum {
  #sum = 0;
  #compensation = 0;

  add(term: number): void {
    const sum = this.#sum + term;
    if (!Number.isFinite(sum)) this.#compensation = 0;
    else if (Math.abs(this.#sum) >= Math.abs(term)) this.#compensation += this.#sum - sum + term;
    else this.#compensation += term - sum + this.#sum;
    this.#sum = sum;
  }

  get total(): number {
    return this.#sum + this.#compensation;
  }
}

/** The average of the terms; where their sum overflows, a running mean is used. */
export function averageOf(terms: ArrayLike<number>, from = 0, to = terms.length): number {
  const sum = new KahanSum();
  let onlyFinite = true;
  for (let i = from; i < to; i++) {
    sum.add(terms[i]!);
    onlyFinite &&= Number.isFinite(terms[i]!);
  }
  if (Number.isFinite(sum.total) || !onlyFinite) return sum.total / (to - from);
  let mean = 0;
  for (let i = from; i < to; i++) mean += terms[i]! / (i - from + 1) - mean / (i - from + 1);
  return mean;
}

/** The population variance of the terms (Welford). */
export function varianceOf(terms: ArrayLike<number>, from = 0, to = terms.length): number {
  const squares = new KahanSum();
  const mean = new KahanSum();
  for (let i = from; i < to; i++) {
    const delta = terms[i]! - mean.total;
    mean.add(delta / (i - from + 1));
    squares.add(delta * (terms[i]! - mean.total));
  }
  return squares.total / (to - from);
}
