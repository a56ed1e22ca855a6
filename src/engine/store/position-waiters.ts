import type { JournalPosition } from '../journal/journal-writer-port';

interface Waiter {
  readonly position: JournalPosition;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Who waits until everything before a position of the journal is committed. */
export class PositionWaiters {
  private readonly waiters = new Set<Waiter>();

  /** Rejects with the signal's reason, and with what the store ended for. */
  wait(position: JournalPosition, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => waiter.reject(signal.reason);
      const done = () => {
        this.waiters.delete(waiter);
        signal.removeEventListener('abort', leave);
      };
      const waiter: Waiter = {
        position,
        resolve: () => {
          done();
          resolve();
        },
        reject: (reason) => {
          done();
          reject(reason as Error);
        },
      };
      this.waiters.add(waiter);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Whether one of them needs no more than what stands before `end`. */
  isAwaited(end: JournalPosition): boolean {
    for (const { position } of this.waiters) if (isBefore(position, end)) return true;
    return false;
  }

  /** Everything before `end` is committed. */
  reached(end: JournalPosition): void {
    for (const waiter of this.waiters) if (isBefore(waiter.position, end)) waiter.resolve();
  }

  fail(reason: Error): void {
    for (const waiter of this.waiters) waiter.reject(reason);
  }
}

function isBefore(position: JournalPosition, end: JournalPosition): boolean {
  if (position.segment !== end.segment) return position.segment < end.segment;
  return position.position <= end.position;
}
