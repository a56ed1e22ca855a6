import type { Column } from './column';

/** Rows that DuckDB reads at once, with every text among them in memory. */
const VECTOR_ROWS = 2048;
/** Code units of text in so many rows. DuckDB has 122 MiB for all that it does at a time, a checkpoint among it. */
const MAX_TEXT = 8 * 1024 * 1024;

/**
 * Parts the rows of a table so that no vector of it holds more text than DuckDB can read: after `count` rows of long texts
 * come as many `fillers`, rows of nothing but NULL, as the vector has left.
 */
export class TextBudget {
  private readonly texts: readonly Column[];
  /** Of the vector that is being filled. */
  private rows = 0;
  private text = 0;

  constructor(columns: readonly Column[]) {
    this.texts = columns.filter((column) => column.longTexts !== undefined);
  }

  /** How many of the rows from `from` on, at most `most`, may be appended next, and the fillers after them. */
  next(from: number, most: number): { count: number; fillers: number } {
    if (this.text === 0 && this.texts.every((column) => column.longTexts === 0)) {
      this.rows = (this.rows + most) % VECTOR_ROWS;
      return { count: most, fillers: 0 };
    }
    for (let count = 0; count < most; count++) {
      if (this.rows === VECTOR_ROWS) this.begin();
      const text = this.texts.reduce((sum, column) => sum + column.textLength!(from + count), 0);
      if (count > 0 && this.text + text > MAX_TEXT) {
        const fillers = VECTOR_ROWS - this.rows;
        this.begin();
        return { count, fillers };
      }
      this.rows++;
      this.text += text;
    }
    return { count: most, fillers: 0 };
  }

  private begin(): void {
    this.rows = 0;
    this.text = 0;
  }
}
