import { addRow, emptyRows } from '../reader/row-bits';
import type { RowIds } from './row-ids';

/**
 * The rows of each id of a block. Ids of one row alone, which are most of the different ones, stand apart.
 * A list is 16-bit rows or, where that is shorter, one bit for each row of the block.
 */
export interface Postings {
  readonly rowCount: number;
  /** Ascending. */
  readonly singleIds: Uint32Array;
  readonly singleRows: Uint16Array;
  /** Ascending. */
  readonly listIds: Uint32Array;
  readonly listLengths: Uint32Array;
  /** Byte offset of each list in `lists`. */
  readonly listStarts: Uint32Array;
  readonly lists: Uint8Array;
}

/** Ids of one block are given within a few minutes; where they lie further apart it is not worth an index. */
const MAX_ID_RANGE = 8_000_000;

export function isBitmap(length: number, rowCount: number): boolean {
  return length * 2 > bitmapBytes(rowCount);
}

export function bitmapBytes(rowCount: number): number {
  return ((rowCount + 31) >>> 5) * 4;
}

/** Turns the ids of rows round; null when the ids lie too far apart. Keeps its working memory for the next call. */
export class PostingEncoder {
  /** Slot of an id, from 1, by its distance to the smallest. */
  private slots = new Uint32Array(0);
  private slotsOfPairs = new Uint32Array(0);
  private lengths = new Uint32Array(0);
  private sorted = new Uint16Array(0);

  encode({ rowCount, length, ids, rows }: RowIds): Postings | null {
    let [first, last] = [0xffff_ffff, 0];
    for (let at = 0; at < length; at++) {
      if (ids[at]! < first) first = ids[at]!;
      if (ids[at]! > last) last = ids[at]!;
    }
    const range = Math.max(0, last - first + 1);
    if (range > MAX_ID_RANGE) return null;
    if (this.slots.length < range) this.slots = new Uint32Array(range);
    else this.slots.fill(0, 0, range);
    const { slots } = this;
    if (this.slotsOfPairs.length < length) {
      this.slotsOfPairs = new Uint32Array(length);
      this.lengths = new Uint32Array(length + 1);
      this.sorted = new Uint16Array(length);
    } else this.lengths.fill(0, 0, length + 1);
    const { lengths, slotsOfPairs, sorted } = this;
    let slotCount = 0;
    for (let at = 0; at < length; at++) {
      const index = ids[at]! - first;
      let slot = slots[index]!;
      if (slot === 0) {
        slot = ++slotCount;
        slots[index] = slot;
      }
      slotsOfPairs[at] = slot;
      lengths[slot]!++;
    }
    const ends = new Uint32Array(slotCount + 1);
    for (let slot = 1; slot <= slotCount; slot++) ends[slot] = ends[slot - 1]! + lengths[slot - 1]!;
    for (let at = 0; at < length; at++) {
      const slot = slotsOfPairs[at]!;
      const place = ends[slot]!;
      sorted[place] = rows[at]!;
      ends[slot] = place + 1;
    }

    let singles = 0;
    for (let slot = 1; slot <= slotCount; slot++) if (lengths[slot] === 1) singles++;
    const singleIds = new Uint32Array(singles);
    const singleRows = new Uint16Array(singles);
    const listIds = new Uint32Array(slotCount - singles);
    const listLengths = new Uint32Array(listIds.length);
    const listStarts = new Uint32Array(listIds.length);
    let [single, list, bytes] = [0, 0, 0];
    for (let index = 0; index < range; index++) {
      const slot = slots[index]!;
      if (slot === 0) continue;
      if (lengths[slot] === 1) {
        singleIds[single] = first + index;
        singleRows[single++] = sorted[ends[slot]! - 1]!;
      } else {
        listIds[list] = first + index;
        listLengths[list] = lengths[slot]!;
        listStarts[list++] = bytes;
        bytes += isBitmap(lengths[slot]!, rowCount) ? bitmapBytes(rowCount) : lengths[slot]! * 2;
        bytes += bytes & 2;
      }
    }
    const lists = new Uint8Array(bytes);
    for (let at = 0; at < listIds.length; at++) {
      const end = ends[slots[listIds[at]! - first]!]!;
      const rowsOfId = sorted.subarray(end - listLengths[at]!, end);
      if (isBitmap(rowsOfId.length, rowCount)) {
        const bits = emptyRows(rowCount);
        for (let row = 0; row < rowsOfId.length; row++) addRow(bits, rowsOfId[row]!);
        lists.set(new Uint8Array(bits.buffer), listStarts[at]!);
      } else new Uint16Array(lists.buffer, listStarts[at]!, rowsOfId.length).set(rowsOfId);
    }
    return { rowCount, singleIds, singleRows, listIds, listLengths, listStarts, lists };
  }
}
