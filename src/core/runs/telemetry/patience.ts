/** How long there is for an answer, in parts that are used one after another. */
export class Patience {
  private readonly began: number;

  /** Milliseconds; without them it is never over. `now`: of a clock that only goes forward. */
  constructor(
    private readonly lastsMs = Number.POSITIVE_INFINITY,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.began = now();
  }

  /** Whether so much of it is used up, as a share of the whole. */
  isOver(share: number): boolean {
    return this.now() - this.began >= share * this.lastsMs;
  }
}
