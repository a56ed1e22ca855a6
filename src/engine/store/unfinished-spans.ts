/** A sender that never finishes a span may not fill the memory: of the last ones at least so many are known, at most twice. */
const GENERATION = 50_000;

/**
 * Spans that came without an end, by what a finished one must have in common with them: it takes their place, and a later
 * report of the same unfinished span the place of an earlier. Knows the rows that have lost theirs since the last commit.
 */
export class UnfinishedSpans {
  /** Rows that arrived since the last commit and are unfinished. */
  arrived: bigint[] = [];
  /** Rows whose place was taken since the last commit. */
  superseded: bigint[] = [];
  private rows = new Map<number, bigint>();
  private former = new Map<number, bigint>();

  get size(): number {
    return this.rows.size + this.former.size;
  }

  /** A span without an end; `seq` is its row. */
  add(key: number, seq: bigint): void {
    this.supersede(key);
    this.restore(key, seq);
    this.arrived.push(seq);
  }

  /** Takes over a row of the database. */
  restore(key: number, seq: bigint): void {
    if (this.rows.size >= GENERATION) {
      this.former = this.rows;
      this.rows = new Map();
    }
    this.rows.set(key, seq);
  }

  /** The row of that key has lost its place to one that comes now. */
  supersede(key: number): void {
    const seq = this.rows.get(key) ?? this.former.get(key);
    if (seq === undefined) return;
    this.rows.delete(key);
    this.former.delete(key);
    this.superseded.push(seq);
  }

  /** Forgets what a request has left that could not be read: the rows from `seq` on. */
  undo(seq: bigint, superseded: number): void {
    for (const rows of [this.rows, this.former]) for (const [key, row] of rows) if (row >= seq) rows.delete(key);
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
    this.former.clear();
  }
}
