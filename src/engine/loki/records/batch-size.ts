/** Texts of lines that are read at once. */
const MAX_BYTES = 8 * 1024 * 1024;
const MIN_ROWS = 8;
const GROWTH = 4;

/** How many rows the next statement of a query reads: more while they are short, few where they are long. */
export class BatchSize {
  constructor(
    public rows: number,
    private readonly most: number,
  ) {}

  /** Tells what the last batch held. */
  learn(rowCount: number, bytes: number): void {
    const fitting = rowCount === 0 ? this.most : Math.floor((MAX_BYTES * rowCount) / Math.max(bytes, 1));
    this.rows = Math.max(MIN_ROWS, Math.min(this.rows * GROWTH, this.most, fitting));
  }
}
