import type { Signal } from '../wire/signal';

/** A place between two records: the segment's number and the byte offset in its file. */
export interface JournalPosition {
  readonly segment: number;
  readonly position: number;
}

/** The receive thread's end of the journal. */
export interface JournalWriter {
  /** Resolves when the request survives a kill of the process (group commit); rejects with `JournalUnavailable`. */
  append(signal: Signal, payload: Uint8Array): Promise<void>;
  /** Not null while no more should be accepted. To be asked now and then also when nothing arrives: it looks at the disk. */
  pressure(): JournalPressure | null;
  /** The store thread has committed everything up to here. */
  applied(position: JournalPosition): void;
  /** Everything that is durable now stands before it. */
  end(): JournalPosition;
  /** Bytes written and not yet applied. */
  backlogBytes(): number;
  /** Waits for appends under way. */
  close(): Promise<void>;
}

export interface JournalPressure {
  /** `backlog`: more waits for the store than its bound; `disk-full`: too little is free, or a write failed for that. */
  readonly cause: 'backlog' | 'disk-full' | 'unwritable';
  readonly message: string;
  readonly retryAfterMs: number;
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
