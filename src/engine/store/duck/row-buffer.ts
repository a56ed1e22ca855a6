import { type Column, ListColumn } from './column';

/** The rows of one table that wait for a commit. A row is written at index `next()` and counts once `length` is raised. */
export class RowBuffer<Columns extends Record<string, Column>> {
  length = 0;
  private capacity = 0;

  /** `columns` in the order of the table's definition. */
  constructor(
    readonly table: string,
    readonly columns: Columns,
  ) {}

  /** The index of the row after the last one, with room in every column. */
  next(): number {
    if (this.length >= this.capacity) {
      this.capacity = Math.max(256, this.capacity * 2);
      for (const column of Object.values(this.columns)) column.reserve(this.capacity);
    }
    return this.length;
  }

  /** Takes back the rows from `length` on, and what an unfinished row has left in its lists. */
  truncate(length: number): void {
    this.length = length;
    for (const column of Object.values(this.columns)) {
      if (column instanceof ListColumn) column.count = length === 0 ? 0 : column.ends[length - 1]!;
    }
  }

  clear(): void {
    this.length = 0;
    for (const column of Object.values(this.columns)) column.clear();
  }
}
