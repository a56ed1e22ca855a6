/** A sender that never finishes a span may not fill the memory. */
const MAX_KNOWN = 100_000;

/**
 * Spans that came without an end, by what a finished one must have in common with them: it takes their place, and a later
 * report of the same unfinished span the place of an earlier. Knows the rows that have lost theirs since the last commit.
 */
export class UnfinishedSpans {
  /** Rows that arrived since the last commit and are unfinished. */
  arrived: bigint[] = [];
  /** Rows whose place was taken since the last commit. */
  superseded: bigint[] = [];
  private readonly rows = new Map<number, bigint>();

  get size(): number {
    return this.rows.size;
  }

  /** A span without an end; `seq` is its row. */
  add(key: number, seq: bigint): void {
    this.supersede(key);
    if (this.rows.size >= MAX_KNOWN) this.rows.delete(this.rows.keys().next().value!);
    this.rows.set(key, seq);
    this.arrived.push(seq);
  }

  /** Takes over a row of the database. */
  restore(key: number, seq: bigint): void {
    this.rows.set(key, seq);
  }

  /** The row of that key has lost its place to one that comes now. */
  supersede(key: number): void {
    const seq = this.rows.get(key);
    if (seq === undefined) return;
    this.rows.delete(key);
    this.superseded.push(seq);
  }

  /** Forgets what a request has left that could not be read: the rows from `seq` on. */
  undo(seq: bigint, superseded: number): void {
    for (const [key, row] of this.rows) if (row >= seq) this.rows.delete(key);
    this.arrived = this.arrived.filter((row) => row < seq);
    this.superseded.length = superseded;
  }

  /** What changed since the last commit, which is to take it over. */
  take(): { arrived: readonly bigint[]; superseded: readonly bigint[] } {
    const taken = { arrived: this.arrived, superseded: this.superseded };
    this.arrived = [];
    this.superseded = [];
    return taken;
  }

  clear(): void {
    this.rows.clear();
  }
}
