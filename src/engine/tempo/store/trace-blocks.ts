import type { QueryOptions, SpanIndexReader, StoreReader } from '../../store/reader/reader';
import { type Bounds, readSpanBounds } from './read-span-bounds';
import { hashId, TraceFilter } from './trace-filter';

/** Rows of `spans` by seq: `from` inclusive, `to` exclusive, undefined for no end. */
export interface SpanRange {
  readonly from: bigint;
  readonly to: bigint | undefined;
}

/** Eight of DuckDB's vectors: what a filter does not rule out is scanned, also the rows behind the last full block. */
const BLOCK_ROWS = 16_384n;
/** Of the newest blocks, 8 KiB each. */
const MAX_FILTERS = 1024;
/** Blocks read for their filters in one call: the first call after a start must not read them all. */
const NEW_FILTERS = 30;
/** The same where nobody waits: some ten milliseconds. */
const FILTERS_AHEAD = 8;
/** More ranges than this cost more than to scan what lies between the nearest. */
const MAX_RANGES = 8;

/** Tells which rows may belong to a trace, by one filter a block of rows: rows are only appended, so a full block stays. */
export class TraceBlocks {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, TraceBlocks>();
  private readonly filters = new Map<bigint, TraceFilter>();
  private reading = false;
  private bounds: Bounds | undefined;
  /** The newest row that a commit told of. */
  private last = 0n;

  private constructor(
    private readonly reader: StoreReader,
    opened: SpanIndexReader,
  ) {
    const unsubscribe = reader.commits.subscribe(({ spans }) => {
      if (reader.spanIndex() === opened) this.last = spans.to - 1n;
      else unsubscribe();
    });
  }

  /** Those of the opened database: one that is opened anew may for a while lack rows. */
  static of(reader: StoreReader): TraceBlocks {
    const opened = reader.spanIndex();
    const blocks = TraceBlocks.ofIndex.get(opened) ?? new TraceBlocks(reader, opened);
    TraceBlocks.ofIndex.set(opened, blocks);
    return blocks;
  }

  /** Ranges, ascending, outside of which no span has any of the lower halves of trace ids. */
  async rangesOf(lowHalves: readonly bigint[], options: QueryOptions): Promise<SpanRange[]> {
    const blocks = await this.fullBlocks(options);
    if (!blocks) return [];
    const { first: firstBlock, open: openBlock } = blocks;
    await this.addFilters(firstBlock, openBlock, NEW_FILTERS, options);
    const hashed = lowHalves.map(hashId);
    const ranges: SpanRange[] = [];
    let from: bigint | undefined;
    for (let block = firstBlock; block < openBlock; block++) {
      const filter = this.filters.get(block);
      if (!filter || hashed.some((id) => filter.mayHold(id))) from ??= block * BLOCK_ROWS;
      else if (from !== undefined) {
        ranges.push({ from, to: block * BLOCK_ROWS });
        from = undefined;
      }
    }
    ranges.push({ from: from ?? openBlock * BLOCK_ROWS, to: undefined });
    return joinNearest(ranges);
  }

  /** Those of the lower halves of trace ids that a span in the range may have. */
  heldIn({ from, to }: SpanRange, lowHalves: readonly bigint[]): readonly bigint[] {
    if (to === undefined) return lowHalves;
    const filters: TraceFilter[] = [];
    for (let block = from / BLOCK_ROWS; block * BLOCK_ROWS < to; block++) {
      const filter = this.filters.get(block);
      if (!filter) return lowHalves;
      filters.push(filter);
    }
    return lowHalves.filter((half) => {
      const id = hashId(half);
      return filters.some((filter) => filter.mayHold(id));
    });
  }

  /** Makes filters that no question has needed yet, of some blocks; resolves with whether more are left. */
  async lookAhead(signal: AbortSignal): Promise<boolean> {
    const blocks = await this.fullBlocks({ signal });
    if (!blocks) return false;
    return (await this.addFilters(blocks.first, blocks.open, FILTERS_AHEAD, { signal })) === 'more';
  }

  /** Numbers of the first block with rows and of the one that is not full yet; undefined while there is no row. */
  private async fullBlocks(options: QueryOptions): Promise<{ first: bigint; open: bigint } | undefined> {
    // Read once: what is deleted later leaves blocks without rows, and rows of no block lie in the last range.
    this.bounds ??= await readSpanBounds(this.reader, options);
    if (!this.bounds) return undefined;
    const { first, last } = this.bounds;
    let newest = last;
    if (this.last > newest) newest = this.last;
    return { first: first / BLOCK_ROWS, open: (newest + 1n) / BLOCK_ROWS };
  }

  /** Of the newest blocks that have none, `most` at most. */
  private async addFilters(
    firstBlock: bigint,
    openBlock: bigint,
    most: number,
    options: QueryOptions,
  ): Promise<'more' | 'all'> {
    if (this.reading) return 'more';
    this.reading = true;
    try {
      const oldest = openBlock - firstBlock > MAX_FILTERS ? openBlock - BigInt(MAX_FILTERS) : firstBlock;
      for (const block of this.filters.keys()) if (block < oldest) this.filters.delete(block);
      let left = most;
      for (
        let missing = this.missing(oldest, openBlock, left);
        missing;
        missing = this.missing(oldest, openBlock, left)
      ) {
        if (left === 0) return 'more';
        await this.readFilters(missing.from, missing.to, options);
        left -= Number(missing.to - missing.from);
      }
      return 'all';
    } finally {
      this.reading = false;
    }
  }

  /** The newest run of blocks without a filter, of one at least and `most` at most. */
  private missing(oldest: bigint, end: bigint, most: number): { from: bigint; to: bigint } | undefined {
    let to = end;
    while (to > oldest && this.filters.has(to - 1n)) to--;
    if (to === oldest) return undefined;
    let from = to - 1n;
    while (from > oldest && to - from < most && !this.filters.has(from - 1n)) from--;
    return { from, to };
  }

  /** Of the blocks `from` to `to`, exclusive, in one statement. */
  private async readFilters(from: bigint, to: bigint, options: QueryOptions): Promise<void> {
    const { columns } = await this.reader.database.columns(
      `SELECT (seq // ${BLOCK_ROWS})::UINTEGER AS block, trace_lo FROM spans
       WHERE seq >= ${from * BLOCK_ROWS}::UBIGINT AND seq < ${to * BLOCK_ROWS}::UBIGINT GROUP BY block, trace_lo ORDER BY block`,
      [],
      options,
    );
    const [blocks, ids] = columns as [Uint32Array, BigUint64Array];
    let start = 0;
    for (let block = from; block < to; block++) {
      const end = firstFrom(blocks, Number(block) + 1);
      this.filters.set(block, new TraceFilter(ids.subarray(start, end)));
      start = end;
    }
  }
}

/** Index of the first of ascending numbers that is not below `bound`. */
function firstFrom(ascending: Uint32Array, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same ranges, or fewer wider ones. */
function joinNearest(ranges: readonly SpanRange[]): SpanRange[] {
  const gaps = ranges.slice(1).map((range, index) => ({ index, rows: range.from - ranges[index]!.to! }));
  gaps.sort((a, b) => (a.rows < b.rows ? -1 : 1));
  const closed = new Set(gaps.slice(0, Math.max(0, ranges.length - MAX_RANGES)).map(({ index }) => index));
  const joined: SpanRange[] = [];
  ranges.forEach((range, index) => {
    const before = joined.at(-1);
    if (before && closed.has(index - 1)) joined[joined.length - 1] = { from: before.from, to: range.to };
    else joined.push(range);
  });
  return joined;
}
