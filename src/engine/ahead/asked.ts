/** So long after an answer its questioner may have another question. */
const MORE_MS = 250;

/** Whether somebody asks the query APIs just now. */
export class Asked {
  private waiting = 0;
  private lastAnswer = Number.NEGATIVE_INFINITY;

  /** `now`: milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** While the answer is made, and shortly after it, somebody asks. */
  async during<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    this.waiting++;
    try {
      return await answer();
    } finally {
      this.waiting--;
      this.lastAnswer = this.now();
    }
  }

  get isNow(): boolean {
    return this.waiting > 0 || this.now() - this.lastAnswer < MORE_MS;
  }
}
