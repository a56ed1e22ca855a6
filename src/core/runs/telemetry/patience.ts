/** How long there is for an answer, in parts that are used one after another. */
export class Patience {
  private readonly began = performance.now();

  /** Milliseconds; without them it is never over. */
  constructor(private readonly lastsMs = Number.POSITIVE_INFINITY) {}

  /** Whether so much of it is used up, as a share of the whole. */
  isOver(share: number): boolean {
    return performance.now() - this.began >= share * this.lastsMs;
  }
}
