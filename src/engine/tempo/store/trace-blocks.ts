import type { QueryOptions, SpanIndexReader, StoreReader } from '../../store/reader';
import { type Bounds, readSpanBounds } from './read-span-bounds';
import { TraceFilter } from './trace-filter';

/** Rows of `spans` by seq: `from` inclusive, `to` exclusive, undefined for no end. */
export interface SpanRange {
  readonly from: bigint;
  readonly to: bigint | undefined;
}

/** As many rows as one of DuckDB's row groups has. */
const BLOCK_ROWS = 122_880n;
/** Of the newest blocks, 32 KiB each. */
const MAX_FILTERS = 256;
/** Blocks read for their filters in one call: the first call after a start must not read them all. */
const NEW_FILTERS = 4;

/** Tells which rows may belong to a trace, by one filter a block of rows: rows are only appended, so a full block stays. */
export class TraceBlocks {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, TraceBlocks>();
  private readonly filters = new Map<bigint, TraceFilter>();
  private reading = false;
  private bounds: Bounds | undefined;
  /** The newest row that a commit told of. */
  private last = 0n;

  private constructor(private readonly reader: StoreReader) {
    reader.commits.subscribe(({ spans }) => {
      this.last = spans.to - 1n;
    });
  }

  /** Those of the opened database: one that is opened anew may for a while lack rows. */
  static of(reader: StoreReader): TraceBlocks {
    const opened = reader.spanIndex();
    const blocks = TraceBlocks.ofIndex.get(opened) ?? new TraceBlocks(reader);
    TraceBlocks.ofIndex.set(opened, blocks);
    return blocks;
  }

  /** Ranges, ascending, outside of which no span has any of the lower halves of trace ids. */
  async rangesOf(lowHalves: readonly bigint[], options: QueryOptions): Promise<SpanRange[]> {
    // Read once: what is deleted later leaves blocks without rows, and rows of no block lie in the last range.
    this.bounds ??= await readSpanBounds(this.reader, options);
    if (!this.bounds) return [];
    const { first, last } = this.bounds;
    const firstBlock = first / BLOCK_ROWS;
    const openBlock = ((last > this.last ? last : this.last) + 1n) / BLOCK_ROWS;
    await this.addFilters(firstBlock, openBlock, options);
    const ranges: SpanRange[] = [];
    let from: bigint | undefined;
    for (let block = firstBlock; block < openBlock; block++) {
      const filter = this.filters.get(block);
      if (!filter || lowHalves.some((half) => filter.mayHold(half))) from ??= block * BLOCK_ROWS;
      else if (from !== undefined) {
        ranges.push({ from, to: block * BLOCK_ROWS });
        from = undefined;
      }
    }
    ranges.push({ from: from ?? openBlock * BLOCK_ROWS, to: undefined });
    return ranges;
  }

  private async addFilters(firstBlock: bigint, openBlock: bigint, options: QueryOptions): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      const oldest = openBlock - firstBlock > MAX_FILTERS ? openBlock - BigInt(MAX_FILTERS) : firstBlock;
      for (const block of this.filters.keys()) if (block < oldest) this.filters.delete(block);
      let added = 0;
      for (let block = openBlock - 1n; block >= oldest && added < NEW_FILTERS; block--) {
        if (this.filters.has(block)) continue;
        const from = block * BLOCK_ROWS;
        const { columns } = await this.reader.database.columns(
          `SELECT trace_lo FROM spans WHERE seq >= ${from}::UBIGINT AND seq < ${from + BLOCK_ROWS}::UBIGINT`,
          [],
          options,
        );
        this.filters.set(block, new TraceFilter(columns[0] as BigUint64Array));
        added++;
      }
    } finally {
      this.reading = false;
    }
  }
}
