import type { Vector } from '@duckdb/node-bindings';
import type { TextBytes } from '../reader/reader';
import { readTextRuns } from './text-runs';

/** Of a text, where nothing is known of them. */
const USUAL_BYTES = 64;

/** Texts of many rows as they are in UTF-8, in one array: to make each a string would cost more than to look at its bytes. */
export class FlatTexts {
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private bytes: Uint8Array<ArrayBuffer>;
  private length = 0;
  private rows = 0;

  constructor(rowCount: number) {
    this.starts = new Uint32Array(rowCount);
    this.ends = new Uint32Array(rowCount);
    this.bytes = new Uint8Array(rowCount * USUAL_BYTES);
  }

  /** The texts of the next rows; NULL is an empty one. */
  add(vector: Vector, count: number): void {
    readTextRuns(vector, count, ({ bytes, length, rows, starts, ends }) => {
      this.makeRoom(bytes.length);
      this.bytes.set(bytes, this.length);
      for (let at = 0; at < length; at++) {
        const row = this.rows + rows[at]!;
        this.starts[row] = this.length + starts[at]!;
        this.ends[row] = this.length + ends[at]!;
      }
      this.length += bytes.length;
    });
    this.rows += count;
  }

  finish(): TextBytes {
    const { bytes, starts, ends } = this;
    return { bytes: Buffer.from(bytes.buffer, 0, this.length), starts, ends };
  }

  private makeRoom(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const wider = new Uint8Array(Math.max(this.length + more, this.bytes.length * 2));
    wider.set(this.bytes.subarray(0, this.length));
    this.bytes = wider;
  }
}
