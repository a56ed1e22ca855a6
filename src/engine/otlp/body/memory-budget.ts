/** Bytes of requests between their first byte and their answer, over all receivers. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;

/**
 * The one bound of the receivers' memory: what is being received, what comes out of decompression and transcoding, and
 * what waits for the journal.
 */
export class MemoryBudget {
  private held = 0;

  constructor(private readonly maxBytes = MAX_HELD_BYTES) {}

  lease(): Lease {
    let own = 0;
    return {
      take: (bytes) => {
        if (this.held + bytes > this.maxBytes) return false;
        own += bytes;
        this.held += bytes;
        return true;
      },
      give: (bytes) => {
        own -= bytes;
        this.held -= bytes;
      },
      end: () => {
        this.held -= own;
        own = 0;
      },
    };
  }
}

/** What one request holds. */
export interface Lease {
  /** False, and nothing is taken, when there is no room for so many bytes more. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  /** Gives everything back. */
  end(): void;
}
