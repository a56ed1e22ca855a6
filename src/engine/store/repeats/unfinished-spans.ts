/** A sender that never finishes a span may not fill the memory: of the last ones at least so many are known, at most twice. */
const GENERATION = 50_000;

/** A row, and what it is counted under: the dictionary's id of its name, and its status. */
interface UnfinishedSpan {
  readonly seq: bigint;
  readonly name: number;
  readonly status: number;
}

/**
 * Spans that came without an end, by what a finished one must have in common with them: it takes their place, and a later
 * report of the same unfinished span the place of an earlier. Knows the rows that have lost theirs since the last commit.
 */
export class UnfinishedSpans {
  /** Rows that arrived since the last commit and are unfinished. */
  arrived: bigint[] = [];
  /** Rows whose place was taken since the last commit. */
  superseded: bigint[] = [];
  private countedTo = 0n;
  /** Rows that took the place of one which was counted as the same call; they are no calls of their own. */
  private readonly repeated = new Set<bigint>();
  private rows = new Map<number, UnfinishedSpan>();
  private former = new Map<number, UnfinishedSpan>();

  get size(): number {
    return this.rows.size + this.former.size;
  }

  /** A span without an end. */
  add(key: number, span: UnfinishedSpan): void {
    this.supersede(key, span);
    this.restore(key, span);
    this.arrived.push(span.seq);
  }

  /** Takes over a row of the database. */
  restore(key: number, span: UnfinishedSpan): void {
    if (this.rows.size >= GENERATION) {
      this.former = this.rows;
      this.rows = new Map();
    }
    this.rows.set(key, span);
  }

  /** The row of that key has lost its place to one that comes now. */
  supersede(key: number, by: UnfinishedSpan): void {
    const span = this.rows.get(key) ?? this.former.get(key);
    if (span === undefined) return;
    this.rows.delete(key);
    this.former.delete(key);
    this.superseded.push(span.seq);
    const isCounted = span.seq < this.countedTo || this.repeated.has(span.seq);
    if (isCounted && span.name === by.name && span.status === by.status) this.repeated.add(by.seq);
  }

  /** Rows before `seq` whose call is counted already, under an unfinished span. */
  repeatedBefore(seq: bigint): bigint[] {
    return [...this.repeated].filter((row) => row < seq);
  }

  /** Rows before `seq` are counted in the derived metrics, also those that are not finished. */
  counted(seq: bigint): void {
    this.countedTo = seq;
    for (const row of this.repeated) if (row < seq) this.repeated.delete(row);
  }

  /** Forgets what a request has left that could not be read: the rows from `seq` on. */
  undo(seq: bigint, superseded: number): void {
    for (const rows of [this.rows, this.former]) for (const [key, span] of rows) if (span.seq >= seq) rows.delete(key);
    this.arrived = this.arrived.filter((row) => row < seq);
    this.superseded.length = superseded;
    for (const row of this.repeated) if (row >= seq) this.repeated.delete(row);
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
