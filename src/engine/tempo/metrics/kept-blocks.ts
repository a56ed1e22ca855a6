import type { QueryOptions, SpanIndexReader, StoreReader } from '../../store/reader/reader';
import type { ObservedRows } from './observe-by-sql';

/** Rows of a block by their seq. */
export const KEPT_ROWS = 131_072n;
/** Of all questions, 8 bytes each; the question that was asked longest ago goes first. */
const MOST_NUMBERS = 1_000_000;
/** A block with more has as many groups as rows, nearly: counting it again is no worse than keeping it. */
const MOST_GROUPS = 4096;

/** What a question had of each whole block, by the block's number; intervals are counted from 1970. */
export type BlocksOfQuestion = Map<number, ObservedRows>;

/**
 * What questions that come again had of blocks of rows. A row never changes and none is added to a block that is full, so that what it had
 * holds until one of its rows is deleted: whoever asks counts the rows that are left.
 */
export class KeptBlocks {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, KeptBlocks>();
  private readonly questions = new Map<string, BlocksOfQuestion>();
  private numbers = 0;

  /** Those of the opened database: seqs of one that is opened anew may be other rows. */
  static of(reader: StoreReader): KeptBlocks {
    const opened = reader.spanIndex();
    const kept = KeptBlocks.ofIndex.get(opened) ?? new KeptBlocks();
    KeptBlocks.ofIndex.set(opened, kept);
    return kept;
  }

  /** A copy, of those blocks alone that have all their rows still. */
  async intact(question: string, reader: StoreReader, options: QueryOptions): Promise<BlocksOfQuestion> {
    const known = this.questions.get(question);
    if (!known || known.size === 0) return new Map();
    const blocks = new Map(known);
    const list = [...blocks.keys()];
    const [least, most] = [Math.min(...list), Math.max(...list)];
    const within = `seq >= ${BigInt(least) * KEPT_ROWS}::UBIGINT AND seq < ${BigInt(most + 1) * KEPT_ROWS}::UBIGINT`;
    if (blocks.size === most - least + 1) {
      const [all] = await reader.database.rows<{ count: bigint }>(
        `SELECT count(*) AS count FROM spans WHERE ${within}`,
        [],
        options,
      );
      if (BigInt(all?.count ?? 0) === BigInt(blocks.size) * KEPT_ROWS) return blocks;
    }
    const { columns } = await reader.database.columns(
      `SELECT (seq // ${KEPT_ROWS}::UBIGINT)::UINTEGER FROM spans WHERE ${within} GROUP BY 1 HAVING count(*) = ${KEPT_ROWS}`,
      [],
      options,
    );
    const whole = new Set(columns[0] as Uint32Array);
    for (const block of list) {
      if (whole.has(block)) continue;
      blocks.delete(block);
      this.drop(known, block);
    }
    return blocks;
  }

  keep(question: string, block: number, rows: ObservedRows): void {
    if (rows.rowCount > MOST_GROUPS) return;
    const known = this.questions.get(question) ?? new Map();
    this.drop(known, block);
    known.set(block, rows);
    this.numbers += numbersOf(rows);
    // The newest stands last.
    this.questions.delete(question);
    this.questions.set(question, known);
    for (const [oldest, blocks] of this.questions) {
      if (this.numbers <= MOST_NUMBERS) break;
      this.questions.delete(oldest);
      for (const gone of [...blocks.keys()]) this.drop(blocks, gone);
    }
  }

  private drop(blocks: BlocksOfQuestion, block: number): void {
    const rows = blocks.get(block);
    if (rows && blocks.delete(block)) this.numbers -= numbersOf(rows);
  }
}

function numbersOf({ rowCount, groups }: ObservedRows): number {
  return rowCount * (8 + groups.length);
}
