import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createFolder } from '../../../ground/create-folder';
import type { IdListColumn } from '../duck/column';
import type { DuckDatabase } from '../duck/duck-database';
import type { IndexedRows } from '../reader/indexed-rows';
import type { Generation, SpanIndexReader } from '../reader/reader';
import { PostingEncoder } from './encode-postings';
import { BLOCK_IDS, BLOCK_ROWS, OpenBlock } from './open-block';
import { PostingBlock } from './posting-block';
import { PostingFile } from './posting-file';
import type { RowIds } from './row-ids';

/** About a million rows; retention gives files back whole. */
const BLOCKS_A_FILE = 64;
/** Between two blocks of old rows, so that queries and the journal come first. */
const PAUSE_MS = 20;
const FIRST_OLD_ROWS = 1024n;

/**
 * Which rows of `spans` have which attributes, by block of rows. New rows are indexed as they are written, those of
 * before the store was opened when a query first wants them. It lies in files that are not kept over a restart: ids of
 * rows that come again from the journal may be others. A block that cannot be written is left out.
 */
export class SpanIndex implements SpanIndexReader {
  private readonly encoder = new PostingEncoder();
  private readonly open: OpenBlock;
  /** Newest first. */
  private blocks: PostingBlock[] = [];
  private readonly used = new Map<PostingFile, number>();
  private file: PostingFile | null = null;
  private files = 0;
  /** Rows from here to those that the store was opened with are indexed or given up. */
  private oldest: bigint;
  private backfilling: Promise<void> | null = null;
  private closed = false;

  /** `begun`: what the next row and the next new attribute get. */
  constructor(
    private readonly folder: string,
    private readonly database: Pick<DuckDatabase, 'columns'>,
    private begun: Generation,
  ) {
    this.open = new OpenBlock(begun.spanSeq);
    this.oldest = begun.spanSeq;
    rmSync(folder, { recursive: true, force: true });
  }

  /** Adds the rows [first, end) of the column, of which row 0 has the `seq` `from`; they may be committed later. */
  add(attributes: IdListColumn, from: bigint, first: number, end: number): void {
    const { open } = this;
    if (open.from + BigInt(open.rowCount) !== from + BigInt(first)) this.seal(from + BigInt(first));
    for (let row = first; row < end; ) {
      if (open.isFull) this.seal(from + BigInt(row));
      row = open.add(attributes, row, end);
    }
  }

  startGeneration(begun: Generation): void {
    this.begun = begun;
  }

  generation(): Generation {
    return this.begun;
  }

  /** What is indexed, newest first, each row once. */
  indexed(): readonly IndexedRows[] {
    this.backfilling ??= this.backfill().catch(() => {});
    return [this.open, ...this.blocks];
  }

  /** Rows before this are deleted. */
  forget(first: bigint): void {
    const gone = this.blocks.filter(({ from, rowCount }) => from + BigInt(rowCount) <= first);
    this.blocks = this.blocks.filter((block) => !gone.includes(block));
    for (const { file } of gone) this.release(file);
  }

  /** Before the database is closed. */
  async close(): Promise<void> {
    this.closed = true;
    await this.backfilling;
    for (const file of this.used.keys()) file.remove();
    this.used.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private seal(next: bigint): void {
    const block = this.write(this.open.from, this.open);
    if (block) this.blocks.unshift(block);
    this.open.restart(next);
  }

  private write(from: bigint, rows: RowIds): PostingBlock | null {
    if (rows.rowCount === 0) return null;
    const postings = this.encoder.encode(rows);
    if (!postings) return null;
    try {
      const file = this.openFile();
      const block = new PostingBlock(from, file, postings);
      this.used.set(file, (this.used.get(file) ?? 0) + 1);
      return block;
    } catch {
      // No index costs time and nothing else; a full disk is told of by those that need it.
      return null;
    }
  }

  private openFile(): PostingFile {
    if (this.file && (this.used.get(this.file) ?? 0) < BLOCKS_A_FILE) return this.file;
    createFolder(this.folder);
    this.file = new PostingFile(join(this.folder, `${this.files++}.postings`));
    this.used.set(this.file, 0);
    return this.file;
  }

  private release(file: PostingFile): void {
    const blocks = this.used.get(file)! - 1;
    this.used.set(file, blocks);
    if (blocks > 0 || file === this.file) return;
    file.remove();
    this.used.delete(file);
  }

  private async backfill(): Promise<void> {
    const first = await this.database.columns('SELECT COALESCE(min(seq), 0)::UBIGINT FROM spans');
    const end = (first.columns[0] as BigUint64Array)[0]!;
    let size = FIRST_OLD_ROWS;
    while (!this.closed && this.oldest > end) {
      const from = this.oldest > size ? this.oldest - size : 0n;
      const rows = await this.readOldRows(from, Number(this.oldest - from));
      if (this.closed) return;
      const block = this.write(from, rows);
      if (block) this.blocks.push(block);
      this.oldest = from;
      const idsARow = rows.length / rows.rowCount;
      size = BigInt(Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_IDS / Math.max(1, idsARow)))));
      await pause(PAUSE_MS);
    }
  }

  private async readOldRows(from: bigint, rowCount: number): Promise<RowIds> {
    const { columns } = await this.database.columns(
      `SELECT (seq - ${from})::USMALLINT, unnest(attributes) FROM spans
       WHERE seq >= ${from}::UBIGINT AND seq < ${from + BigInt(rowCount)}::UBIGINT`,
    );
    const [rows, ids] = columns as [Uint16Array, Uint32Array];
    return { rowCount, length: ids.length, ids, rows };
  }
}
