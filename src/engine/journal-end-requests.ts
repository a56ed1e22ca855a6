import type { JournalPosition } from './journal/journal-writer-port';

/** Questions of the store thread for the journal's end, which the receive thread knows. */
export class JournalEndRequests {
  private next = 0;
  private readonly asked = new Map<number, (end: JournalPosition) => void>();

  constructor(private readonly post: (message: { type: 'ask-journal-end'; requestId: number }) => void) {}

  /** Everything acknowledged before the question stands before the answer. Rejects with the signal's reason. */
  ask(signal: AbortSignal): Promise<JournalPosition> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const requestId = this.next++;
      const leave = () => {
        this.asked.delete(requestId);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.asked.set(requestId, (end) => {
        signal.removeEventListener('abort', leave);
        resolve(end);
      });
      this.post({ type: 'ask-journal-end', requestId });
    });
  }

  answered(requestId: number, end: JournalPosition): void {
    this.asked.get(requestId)?.(end);
    this.asked.delete(requestId);
  }
}
