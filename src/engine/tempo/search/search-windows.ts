import { Pace } from '../../pace/pace';
import type { IndexedRows } from '../../store/reader/indexed-rows';
import type { SpanIndexReader } from '../../store/reader/reader';
import { countRows, type RowBits, rowsOf } from '../../store/reader/row-bits';
import { MAX_LISTED_SEQS } from '../store/seq-condition';
import { filterRows, type RowFilter } from './row-filter';
import type { SeqWindow } from './span-condition';

/** A part of the rows to be searched. */
export interface SearchWindow extends SeqWindow {
  /** Of the rows in it only these fulfil the filter; undefined: every row is to be looked at. */
  readonly rows?: readonly bigint[];
}

/** Rows of the first window, enough for what is common; each further one is four times as long. */
const FIRST_WINDOW = 16_384;
/** Rows that the first window lists; each further one four times as many. */
const FIRST_LISTED = 256;

/**
 * Windows of the rows [first, end), newest first, all of them or those that the index leaves of a filter. Where it leaves
 * much or knows nothing, windows are to be read whole.
 */
export async function* searchWindows(
  first: bigint,
  end: bigint,
  filter: RowFilter | undefined,
  index: SpanIndexReader,
): AsyncGenerator<SearchWindow> {
  const sizes = { read: FIRST_WINDOW, listed: FIRST_LISTED };
  let window = new GrowingWindow(end);
  const pace = new Pace();
  for (const block of filter ? index.indexed() : []) {
    const blockEnd = block.from + BigInt(block.rowCount);
    const to = blockEnd < window.from ? blockEnd : window.from;
    const from = block.from > first ? block.from : first;
    if (to <= from) continue;
    const rows = tryFilter(filter!, block);
    if (!rows) continue;
    if (to < window.from) {
      if (!window.isEmpty) yield window.closed();
      yield* readWindows(to, window.from, sizes);
      window = new GrowingWindow(to);
    }
    window.add(block, from, to, rows);
    if (window.isDone(sizes)) {
      yield window.closed();
      window.grow(sizes);
      window = new GrowingWindow(from);
    }
    if (pace.isDue()) await pace.turn();
  }
  if (!window.isEmpty) yield window.closed();
  yield* readWindows(first, window.from, sizes);
}

interface Sizes {
  read: number;
  listed: number;
}

class GrowingWindow {
  from: bigint;
  private count = 0;
  private readonly parts: { block: bigint; from: bigint; to: bigint; rows: RowBits }[] = [];

  constructor(private readonly to: bigint) {
    this.from = to;
  }

  get isEmpty(): boolean {
    return this.from === this.to;
  }

  add(block: IndexedRows, from: bigint, to: bigint, rows: RowBits): void {
    this.from = from;
    const count = countRows(rows);
    if (count === 0) return;
    this.count += count;
    if (this.isListed) this.parts.push({ block: block.from, from, to, rows });
    else this.parts.length = 0;
  }

  isDone({ read, listed }: Sizes): boolean {
    return this.isListed ? this.count >= listed : this.to - this.from >= BigInt(read);
  }

  closed(): SearchWindow {
    const window = { from: this.from, to: this.to };
    return this.isListed ? { ...window, rows: this.parts.flatMap(seqsOf) } : window;
  }

  /** Lengthens what follows. */
  grow(sizes: Sizes): void {
    if (this.isListed) sizes.listed = Math.min(sizes.listed * 4, MAX_LISTED_SEQS);
    else sizes.read *= 4;
  }

  private get isListed(): boolean {
    return this.count <= MAX_LISTED_SEQS;
  }
}

function seqsOf({ block, from, to, rows }: { block: bigint; from: bigint; to: bigint; rows: RowBits }): bigint[] {
  return Array.from(rowsOf(rows), (row) => block + BigInt(row)).filter((seq) => seq >= from && seq < to);
}

/** Null where the block cannot be read, or no more: its rows are then read like those that are not indexed. */
function tryFilter(filter: RowFilter, block: IndexedRows): RowBits | null {
  try {
    return filterRows(filter, block);
  } catch {
    return null;
  }
}

function* readWindows(first: bigint, end: bigint, sizes: Sizes): Generator<SearchWindow> {
  for (let to = end; to > first; sizes.read *= 4) {
    const size = BigInt(sizes.read);
    const from = to > first + size ? to - size : first;
    yield { from, to };
    to = from;
  }
}
