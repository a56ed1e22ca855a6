import { type IdSet, indexIn } from '../reader/id-set';
import type { IndexedRows } from '../reader/indexed-rows';
import { addRow, emptyRows, type RowBits } from '../reader/row-bits';
import { bitmapBytes, isBitmap, type Postings } from './encode-postings';
import type { PostingFile } from './posting-file';

type Directory = Pick<Postings, 'listIds' | 'listLengths' | 'listStarts'>;

/** Directories up to this many lists stay in memory, at 12 bytes a list. */
const KEPT_LISTS = 512;

/** A block of rows whose postings lie in a file. */
export class PostingBlock implements IndexedRows {
  readonly rowCount: number;
  private readonly singleCount: number;
  private readonly listCount: number;
  /** The range that holds the ids of single rows. */
  private readonly singles: readonly [first: number, last: number];
  private readonly start: number;
  private readonly kept: Directory | null;

  /** Writes the postings to the end of the file; throws the system's error. */
  constructor(
    readonly from: bigint,
    readonly file: PostingFile,
    postings: Postings,
  ) {
    const { rowCount, singleIds, singleRows, listIds, listLengths, listStarts, lists } = postings;
    this.rowCount = rowCount;
    this.singleCount = singleIds.length;
    this.listCount = listIds.length;
    this.singles = [singleIds[0] ?? 1, singleIds[singleIds.length - 1] ?? 0];
    this.kept = listIds.length <= KEPT_LISTS ? { listIds, listLengths, listStarts } : null;
    this.start = file.append([...[listIds, listLengths, listStarts, singleIds, singleRows].map(bytesOf), lists]);
  }

  rowsWith(ids: IdSet): RowBits {
    const found = emptyRows(this.rowCount);
    this.addSingles(ids, found);
    const directory = this.directory();
    for (const at of matches(directory.listIds, ids)) {
      this.addList(directory.listStarts[at]!, directory.listLengths[at]!, found);
    }
    return found;
  }

  private addSingles(ids: IdSet, found: RowBits): void {
    const [first, last] = this.singles;
    if (ids.last < first || ids.first > last) return;
    const start = this.start + this.listCount * 12;
    const bytes = this.file.read(start, this.singleCount * 6);
    const rows = new Uint16Array(bytes, this.singleCount * 4);
    for (const at of matches(new Uint32Array(bytes, 0, this.singleCount), ids)) addRow(found, rows[at]!);
  }

  private addList(offset: number, length: number, found: RowBits): void {
    const start = this.start + this.listCount * 12 + this.singleCount * 6 + offset;
    if (isBitmap(length, this.rowCount)) {
      const bits = new Uint32Array(this.file.read(start, bitmapBytes(this.rowCount)));
      for (let at = 0; at < bits.length; at++) found[at]! |= bits[at]!;
    } else for (const row of new Uint16Array(this.file.read(start, length * 2))) addRow(found, row);
  }

  private directory(): Directory {
    if (this.kept) return this.kept;
    const words = new Uint32Array(this.file.read(this.start, this.listCount * 12));
    const part = (index: number) => words.subarray(index * this.listCount, (index + 1) * this.listCount);
    return { listIds: part(0), listLengths: part(1), listStarts: part(2) };
  }
}

/** Where ids of the set stand in an ascending array. */
function* matches(sorted: Uint32Array, ids: IdSet): Generator<number> {
  if (ids.ids.length * 16 < sorted.length) {
    for (const id of ids.ids) {
      const at = indexIn(sorted, id);
      if (at >= 0) yield at;
    }
  } else for (let at = 0; at < sorted.length; at++) if (ids.has(sorted[at]!)) yield at;
}

function bytesOf(array: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
