import type { Signal } from '../otlp/signal';

/** A place between two records: the segment's number and the byte offset in its file. */
export interface JournalPosition {
  readonly segment: number;
  readonly position: number;
}

/** The receive thread's end of the journal. */
export interface JournalWriter {
  /** Resolves when the request survives a kill of the process (group commit); rejects with `JournalUnavailable`. */
  append(signal: Signal, payload: Uint8Array): Promise<void>;
  /** Not null while no more should be accepted: backlog over its bound, or the disk is full. */
  pressure(): { retryAfterMs: number } | null;
  /** The store thread has committed everything up to here. */
  applied(position: JournalPosition): void;
  /** Everything that is durable now stands before it. */
  end(): JournalPosition;
  /** Bytes written and not yet applied. */
  backlogBytes(): number;
  /** Waits for appends under way. */
  close(): Promise<void>;
}

/** Nothing can be written now (disk full, I/O error); recovers by itself. */
export class JournalUnavailable extends Error {
  override readonly name = 'JournalUnavailable';

  constructor(
    message: string,
    readonly retryAfterMs: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
