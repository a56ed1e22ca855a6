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
