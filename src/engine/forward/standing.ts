import type { Signal } from '../wire/signal';

interface Verdict {
  readonly attempt: number;
  readonly failed: boolean;
}

/**
 * Whether a destination takes what is sent to it: of each signal the newest try counts, in whatever order the answers of
 * tries side by side come. One that takes traces and refuses logs is failing.
 */
export class Standing {
  private readonly verdicts = new Map<Signal, Verdict>();
  private attempts = 0;

  /** The number of a try that begins now. */
  begin(): number {
    return ++this.attempts;
  }

  settle(signal: Signal, attempt: number, failed: boolean): void {
    const known = this.verdicts.get(signal);
    if (!known || attempt > known.attempt) this.verdicts.set(signal, { attempt, failed });
  }

  get isFailing(): boolean {
    return [...this.verdicts.values()].some(({ failed }) => failed);
  }
}
