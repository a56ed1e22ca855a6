import type { JournalPosition } from '../journal/journal-writer-port';

/** What tells whether that which was acknowledged is visible. */
export interface Barrier {
  /** Where the journal ends now: everything acknowledged so far stands before it. */
  journalEnd(signal: AbortSignal): Promise<JournalPosition>;
  /** Resolves when everything before it is visible to queries; rejects with the signal's reason. */
  applied(position: JournalPosition, signal: AbortSignal): Promise<void>;
  /** Why it is not yet, in one sentence. */
  behind(position: JournalPosition): string;
}
