export interface BackoffLimits {
  firstMs: number;
  lastMs: number;
  now: () => number;
  /** In [0, 1). */
  random: () => number;
}

/** When what failed may be tried again: later with each failure in a row. */
export class Backoff {
  private failures = 0;
  private notBefore = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly limits: BackoffLimits) {}

  /** The last try failed. */
  get isFailing(): boolean {
    return this.failures > 0;
  }

  waitMs(): number {
    return Math.max(0, this.notBefore - this.limits.now());
  }

  succeeded(): void {
    this.failures = 0;
    this.notBefore = Number.NEGATIVE_INFINITY;
  }

  /** `startedAt` is when the try began: tries side by side are one failure. */
  failed(startedAt: number, afterMs: number | null): void {
    const { firstMs, lastMs, now, random } = this.limits;
    if (startedAt >= this.failedAt) this.failures++;
    this.failedAt = now();
    const pause = Math.min(firstMs * 2 ** (this.failures - 1), lastMs) * (0.5 + random() / 2);
    this.notBefore = Math.max(this.notBefore, this.failedAt + Math.max(pause, afterMs ?? 0));
  }
}
