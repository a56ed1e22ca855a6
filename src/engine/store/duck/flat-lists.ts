import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { IdLists } from '../reader/reader';
import { readVector } from './read-vector';
import { isValid, readValidity } from './validity';

/** Lists of ids of many rows in one array: an array for each row would cost more than to read them. */
export class FlatLists {
  private readonly starts: Uint32Array;
  private ids: Uint32Array;
  private rows = 0;

  constructor(rowCount: number) {
    this.starts = new Uint32Array(rowCount + 1);
    this.ids = new Uint32Array(rowCount * 8);
  }

  /** The lists of the next rows; NULL is an empty one. */
  add(vector: Vector, count: number): void {
    const entries = new Uint32Array(Uint8Array.from(duckdb.vector_get_data(vector, count * 16)).buffer);
    const validity = readValidity(vector, count);
    const size = duckdb.list_vector_get_size(vector);
    const child = duckdb.list_vector_get_child(vector);
    const ids = readVector(child, duckdb.vector_get_column_type(child), size) as Uint32Array;
    let end = this.starts[this.rows]!;
    this.makeRoom(end + size);
    for (let row = 0; row < count; row++) {
      const start = entries[row * 4]!;
      const length = validity && !isValid(validity, row) ? 0 : entries[row * 4 + 2]!;
      // Lists may share what they hold, so that they come to more than there is.
      this.makeRoom(end + length);
      for (let at = start; at < start + length; at++) this.ids[end++] = ids[at]!;
      this.starts[++this.rows] = end;
    }
  }

  finish(): IdLists {
    return { starts: this.starts, ids: this.ids.subarray(0, this.starts[this.rows]) };
  }

  private makeRoom(length: number): void {
    if (length <= this.ids.length) return;
    const wider = new Uint32Array(Math.max(length, this.ids.length * 2));
    wider.set(this.ids);
    this.ids = wider;
  }
}
