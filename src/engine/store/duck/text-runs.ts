import duckdb, { type Vector } from '@duckdb/node-bindings';
import { isValid, readValidity } from './validity';

/** DuckDB's string_t: uint32 length, then up to 12 bytes in place, or the first 4 of them and a pointer. */
const ENTRY = 16;
const WORDS = ENTRY / 4;
const MOST_IN_PLACE = 12;
/** What lies between two texts because of their alignment: so near to both, it can be read. */
const MOST_BETWEEN = 8;
const MOST_OF_A_RUN = 1024 * 1024;

/** Texts that stand in one piece of memory; it is DuckDB's own, valid until the chunk is gone. */
export interface TextRun {
  readonly bytes: Buffer;
  /** How many texts these are. */
  readonly length: number;
  /** The row of each in the vector, and where it begins and ends in the bytes; what stands behind `length` counts for nothing. */
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Hands on the first `count` texts of a vector, those that stand one behind the other together: a call for each would take most of the
 * time. A NULL is in no run.
 */
export function readTextRuns(vector: Vector, count: number, take: (run: TextRun) => void): void {
  const entries = duckdb.vector_get_data(vector, count * ENTRY);
  const validity = readValidity(vector, count);
  const words = new Uint32Array(entries.buffer, entries.byteOffset, count * WORDS);
  const inPlace = new OpenRun(count);
  const near = new OpenRun(count);
  // Of the run that is open: where it begins, in two words, and how long it is.
  let startLow = 0;
  let startHigh = 0;
  let length = 0;
  const takeNear = () => {
    if (near.length === 0) return;
    const pointer = entries.byteOffset + near.rows[0]! * ENTRY + 8;
    take(near.close(duckdb.get_data_from_pointer(entries.buffer as ArrayBuffer, pointer, length)));
    length = 0;
  };
  for (let row = 0; row < count; row++) {
    if (validity && !isValid(validity, row)) continue;
    const own = words[row * WORDS]!;
    if (own <= MOST_IN_PLACE) {
      inPlace.add(row, row * ENTRY + 4, own);
      continue;
    }
    const low = words[row * WORDS + 2]!;
    const high = words[row * WORDS + 3]!;
    const at = low - startLow;
    const isNear =
      length > 0 && high === startHigh && at >= length && at - length < MOST_BETWEEN && at + own <= MOST_OF_A_RUN;
    if (!isNear) {
      takeNear();
      startLow = low;
      startHigh = high;
    }
    near.add(row, low - startLow, own);
    length = low - startLow + own;
  }
  takeNear();
  if (inPlace.length > 0) take(inPlace.close(entries));
}

class OpenRun {
  length = 0;
  readonly rows: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;

  constructor(most: number) {
    this.rows = new Uint32Array(most);
    this.starts = new Uint32Array(most);
    this.ends = new Uint32Array(most);
  }

  add(row: number, start: number, length: number): void {
    this.rows[this.length] = row;
    this.starts[this.length] = start;
    this.ends[this.length++] = start + length;
  }

  /** What was added, with its bytes; it begins anew. */
  close({ buffer, byteOffset, byteLength }: Uint8Array): TextRun {
    const { length, rows, starts, ends } = this;
    this.length = 0;
    return { bytes: Buffer.from(buffer, byteOffset, byteLength), length, rows, starts, ends };
  }
}
