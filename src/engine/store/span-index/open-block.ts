import type { IdListColumn } from '../duck/column';
import type { IdSet } from '../reader/id-set';
import type { IndexedRows } from '../reader/indexed-rows';
import { addRow, emptyRows, type RowBits } from '../reader/row-bits';
import type { RowIds } from './row-ids';

/** A block holds at most so many rows and, but for its last row, so many ids. */
export const BLOCK_ROWS = 16_384;
export const BLOCK_IDS = 196_608;

/** The newest rows, until they fill a block. */
export class OpenBlock implements IndexedRows, RowIds {
  rowCount = 0;
  length = 0;
  ids = new Uint32Array(0);
  rows = new Uint16Array(0);

  constructor(public from: bigint) {}

  get isFull(): boolean {
    return this.rowCount >= BLOCK_ROWS || this.length >= BLOCK_IDS;
  }

  /** Empties the block for rows from here on. */
  restart(from: bigint): void {
    this.from = from;
    this.rowCount = 0;
    this.length = 0;
  }

  /** Adds rows of a list column from row `first` on, until `end` or until the block is full; answers the row after them. */
  add({ child, ends }: IdListColumn, first: number, end: number): number {
    const start = first === 0 ? 0 : ends[first - 1]!;
    let row = first;
    let length = this.length;
    for (; row < end && this.rowCount < BLOCK_ROWS && length < BLOCK_IDS; row++) {
      const rowEnd = this.length + ends[row]! - start;
      this.reserve(rowEnd);
      const { rows, rowCount } = this;
      while (length < rowEnd) rows[length++] = rowCount;
      this.rowCount++;
    }
    this.ids.set(child.data.subarray(start, start + length - this.length), this.length);
    this.length = length;
    return row;
  }

  rowsWith(wanted: IdSet): RowBits {
    const found = emptyRows(this.rowCount);
    for (let at = 0; at < this.length; at++) if (wanted.has(this.ids[at]!)) addRow(found, this.rows[at]!);
    return found;
  }

  private reserve(length: number): void {
    if (length <= this.ids.length) return;
    const capacity = Math.max(length, this.ids.length * 2, 4096);
    const [ids, rows] = [this.ids, this.rows];
    this.ids = new Uint32Array(capacity);
    this.ids.set(ids);
    this.rows = new Uint16Array(capacity);
    this.rows.set(rows);
  }
}
