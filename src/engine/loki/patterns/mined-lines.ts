import { lineKey } from '../../../shared/shapes/normalize-line';
import { Pace } from '../../pace/pace';
import type { Columns, IdLists, StoreReader } from '../../store/reader/reader';
import { levelOfLine } from '../records/detect-level';
import { lineSql } from '../records/line-sql';
import { LogCatalog } from '../selection/log-catalog';
import { ubigint } from '../selection/sql-parameters';
import { LineLevels, type LineOrigin } from './line-levels';
import { PatternTable } from './pattern-table';

/** Rows whose patterns are kept together, by their seq; a power of two. */
export const BLOCK_ROWS = 1024;
/** Blocks of one statement: about the rows that DuckDB keeps together, of which it reads a part as slowly as all of them. */
const BLOCKS_AT_ONCE = 128;
/** Where lines are long, fewer. */
const MOST_BYTES_AT_ONCE = 16 * 1024 * 1024;
const FIRST_BLOCKS = 32;
/** Of more rows those that were looked at first are forgotten: 32 MiB. */
const MOST_BLOCKS = 8192;
/** Keys of lines that are remembered, in two halves. */
const MOST_KEYS = 200_000;
/** Longer lines are read one by one. */
const MOST_BYTES = 4096;
const MOST_READ = 16_384;
const LONG_AT_ONCE = 64;
/** So many of the newest rows are looked at first before anybody asks. */
export const NEWEST_ROWS = 1_000_000;
/** And then those before them, as many as an answer counts. */
const ROWS_AHEAD = 5_000_000;

const EQUALS = 61;
const NEWLINE = 10;
const NO_PATTERNS = new Uint32Array(0);
const NOTHING_SAID = [0, 0] as const;

interface Block {
  /** Number of the pattern by the row's place; 0: not looked at, or no row. */
  readonly patterns: Uint32Array;
  /** Rows before this place were looked at. */
  mined: number;
}

const minedOf = new WeakMap<object, MinedLines>();

/**
 * The pattern of each log row, found once and kept: what is asked again, of whichever window or filter, only counts numbers, and
 * what comes meanwhile is looked at by itself.
 */
export class MinedLines {
  #table = new PatternTable();
  #recent = new Map<number, number>();
  #older = new Map<number, number>();
  /** By service and level, for the keys above. */
  readonly #seeds = new Map<string, number>();
  readonly #blocks = new Map<number, Block>();
  #work: Promise<unknown> = Promise.resolve();
  /** By the length of the last lines, at least one. */
  #blocksAtOnce = FIRST_BLOCKS;
  /** The row where `lookAhead` goes on. */
  #ahead = 0;
  /** Blocks from here on it has looked at, or leaves to who asks. */
  #behind = 0;

  private constructor(private readonly reader: StoreReader) {}

  /** One for each opening of the database: rows have other numbers in another. */
  static of(reader: StoreReader): MinedLines {
    const opening = reader.spanIndex();
    const mined = minedOf.get(opening) ?? new MinedLines(reader);
    minedOf.set(opening, mined);
    return mined;
  }

  get table(): PatternTable {
    return this.#table;
  }

  /** Numbers of the patterns of a block's rows by their places; undefined where none was mined. */
  patternsOf(block: number): Uint32Array | undefined {
    return this.#blocks.get(block)?.patterns;
  }

  /** Looks at the rows of these blocks up to `end` that were not looked at. */
  mine(blocks: readonly number[], end: number, signal: AbortSignal): Promise<void> {
    const done = this.#work.then(() => this.#mine(blocks, end, signal));
    this.#work = done.catch(() => {});
    return done;
  }

  /**
   * Looks at a stretch of the rows that the first question would have to wait for: of those that came, which begin with the `newest`, and
   * when there are no more of them, of those before. Resolves with whether more of them are left.
   */
  async lookAhead(signal: AbortSignal, newest = NEWEST_ROWS): Promise<boolean> {
    // Too many texts to tell apart: who asks begins anew with those that matter then.
    if (this.#table.isFull) return false;
    const [ends] = await this.reader.database.rows<{ first: bigint | null; last: bigint | null }>(
      `SELECT (SELECT seq FROM logs WHERE seq IS NOT NULL LIMIT 1) AS first, max(seq) AS last
       FROM logs WHERE seq >= ${ubigint(BigInt(this.#ahead))}`,
      [],
      { signal },
    );
    if (ends?.first == null) return false;
    const least = Math.floor(Math.max(Number(ends.first), this.#ahead - ROWS_AHEAD) / BLOCK_ROWS);
    if (ends.last === null) {
      if (this.#behind <= least) return false;
      const from = Math.max(least, this.#behind - BLOCKS_AT_ONCE);
      await this.#mineAll(from, this.#behind * BLOCK_ROWS, signal);
      this.#behind = from;
      return from > least;
    }
    const rows = Number(ends.last) + 1;
    const from = Math.floor(Math.max(this.#ahead, Number(ends.first), rows - newest) / BLOCK_ROWS);
    const end = Math.min(rows, (from + BLOCKS_AT_ONCE) * BLOCK_ROWS);
    await this.#mineAll(from, end, signal);
    // What lies between was passed over: too much came at once.
    if (from * BLOCK_ROWS > this.#ahead) this.#behind = from;
    this.#ahead = end;
    return end < rows || this.#behind > least;
  }

  /** The blocks from one on, up to the row `end`. */
  #mineAll(from: number, end: number, signal: AbortSignal): Promise<void> {
    const count = Math.ceil(end / BLOCK_ROWS) - from;
    return this.mine(
      Array.from({ length: count }, (_, at) => from + at),
      end,
      signal,
    );
  }

  async #mine(blocks: readonly number[], end: number, signal: AbortSignal): Promise<void> {
    if (this.#table.isFull) this.#forget();
    const open = blocks.filter((block) => (this.#blocks.get(block)?.mined ?? 0) < endIn(block, end));
    if (open.length === 0) return;
    const { levels, ids } = await LineLevels.load(this.reader, LogCatalog.of(this.reader), this.#seeds);
    const pace = new Pace(signal);
    const from = (block: number) => block * BLOCK_ROWS + (this.#blocks.get(block)?.mined ?? 0);
    const left = open.sort((a, b) => a - b);
    const cut = () => cutPiece(left, this.#blocksAtOnce, from, end);
    const read = (piece: Piece | undefined) => piece && this.#read(piece, ids, signal);
    let piece = cut();
    let next = read(piece);
    while (piece) {
      const rows = (await next)!;
      this.#adapt(rows, piece);
      // DuckDB reads the next piece while this one is looked at.
      const following = cut();
      next = read(following);
      next?.catch(() => {});
      await this.#take(rows, piece, levels, pace);
      for (const block of piece.blocks) this.#blockOf(block).mined = endIn(block, end);
      piece = following;
    }
    for (const block of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS) break;
      this.#blocks.delete(block);
    }
  }

  #forget(): void {
    this.#table = new PatternTable();
    this.#recent.clear();
    this.#older.clear();
    this.#seeds.clear();
    this.#blocks.clear();
  }

  #read({ from, to }: Piece, ids: readonly number[], signal: AbortSignal): Promise<Columns> {
    const said = `list_filter(attributes, lambda id: id IN (${ids.join(', ')}))`;
    return this.reader.database.columns(
      `SELECT (seq - ${ubigint(BigInt(from))})::UINTEGER, strlen(line)::UINTEGER, resource, severity, severity_text,
         CASE WHEN strlen(line) <= ${MOST_BYTES} THEN line ELSE '' END${ids.length === 0 ? '' : `, ${said}`}
       FROM (SELECT *, coalesce(${lineSql}, '') AS line FROM logs WHERE seq >= ${ubigint(BigInt(from))} AND seq < ${ubigint(BigInt(to))})`,
      [],
      { signal, flatLists: true, flatTexts: true },
    );
  }

  /** Reads fewer blocks at once where lines are long, and more where they are short. */
  #adapt(rows: Columns, { blocks }: Piece): void {
    const most = Math.floor((blocks.length * MOST_BYTES_AT_ONCE) / (rows.texts![0]!.bytes.length + 1));
    this.#blocksAtOnce = Math.max(1, Math.min(BLOCKS_AT_ONCE, most));
  }

  async #take(rows: Columns, { from }: Piece, levels: LineLevels, pace: Pace): Promise<void> {
    const [offsets, lengths, resources, severities, severityTexts] = rows.columns as [
      ...[Uint32Array, Uint32Array, Uint32Array, Uint8Array, Uint32Array],
    ];
    const { bytes, starts, ends } = rows.texts![0]!;
    const said = rows.lists![0];
    const long: LongLine[] = [];
    const firstPlace = from % BLOCK_ROWS;
    const firstBlock = (from - firstPlace) / BLOCK_ROWS;
    let block = -1;
    let patterns: Uint32Array = NO_PATTERNS;
    for (let row = 0; row < rows.rowCount; row++) {
      const at = firstPlace + offsets[row]!;
      const place = at & (BLOCK_ROWS - 1);
      if (at - place !== block) {
        if (pace.isDue()) await pace.turn();
        block = at - place;
        ({ patterns } = this.#blockOf(firstBlock + block / BLOCK_ROWS));
      }
      const [first, second] = said ? firstTwo(said, row) : NOTHING_SAID;
      const origin = levels.originOf(resources[row]!, severities[row]!, severityTexts[row]!, first, second);
      if (lengths[row]! > MOST_BYTES) long.push({ seq: from + offsets[row]!, origin });
      else patterns[place] = this.#patternOf(bytes, starts[row]!, ends[row]!, origin, levels);
    }
    for (let at = 0; at < long.length; at += LONG_AT_ONCE)
      await this.#takeLong(long.slice(at, at + LONG_AT_ONCE), levels, pace);
  }

  async #takeLong(lines: readonly LongLine[], levels: LineLevels, pace: Pace): Promise<void> {
    const { columns } = await this.reader.database.columns(
      `SELECT seq, left(${lineSql}, ${MOST_READ}) FROM logs WHERE seq IN (${lines.map(({ seq }) => ubigint(BigInt(seq))).join(', ')})`,
      [],
      pace.signal ? { signal: pace.signal } : {},
    );
    const [seqs, texts] = columns as [BigUint64Array, readonly string[]];
    const originOf = new Map(lines.map(({ seq, origin }) => [seq, origin]));
    for (const [at, text] of texts.entries()) {
      const seq = Number(seqs[at]!);
      const { patterns } = this.#blockOf(Math.floor(seq / BLOCK_ROWS));
      const bytes = Buffer.from(text, 'utf8');
      patterns[seq % BLOCK_ROWS] = this.#patternOf(bytes, 0, bytes.length, originOf.get(seq)!, levels);
      if (pace.isDue()) await pace.turn();
    }
  }

  #patternOf(text: Buffer, from: number, to: number, { service, level, seed }: LineOrigin, levels: LineLevels): number {
    let known = level;
    let seedOfLine = seed;
    // What says the level may be what the key leaves out.
    if (known === undefined && saysLevelBeyondKey(text, from, to)) {
      known = levelOfLine(text.toString('utf8', from, to));
      seedOfLine = levels.seedOf(service, known);
    }
    const key = lineKey(text, from, to, seedOfLine);
    const number = key === undefined ? undefined : (this.#recent.get(key) ?? this.#older.get(key));
    if (number !== undefined) return number;
    const line = text.toString('utf8', from, to);
    const found = this.#table.add(service, known ?? levelOfLine(line), line);
    if (key !== undefined) this.#remember(key, found);
    return found;
  }

  #remember(key: number, number: number): void {
    if (this.#recent.size >= MOST_KEYS / 2) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, number);
  }

  #blockOf(number: number): Block {
    let block = this.#blocks.get(number);
    if (!block) {
      block = { patterns: new Uint32Array(BLOCK_ROWS), mined: 0 };
      this.#blocks.set(number, block);
    }
    return block;
  }
}

interface LongLine {
  readonly seq: number;
  readonly origin: LineOrigin;
}

/** Rows that one statement reads. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly number[];
}

/** Takes from `left` blocks that lie one behind the other, so many at most; undefined where none is left. */
function cutPiece(left: number[], most: number, begin: (block: number) => number, end: number): Piece | undefined {
  const [first] = left;
  if (first === undefined) return undefined;
  let count = 1;
  // Only the first may have been looked at in part.
  while (count < most && left[count] === first + count && begin(first + count) % BLOCK_ROWS === 0) count++;
  const blocks = left.splice(0, count);
  const last = first + count - 1;
  return { from: begin(first), to: last * BLOCK_ROWS + endIn(last, end), blocks };
}

/** Of the ids that a row says something by; 0 for none. */
function firstTwo({ ids, starts }: IdLists, row: number): readonly [number, number] {
  const [start, end] = [starts[row]!, starts[row + 1]!];
  return [end > start ? ids[start]! : 0, end > start + 1 ? ids[start + 1]! : 0];
}

/** How many places of a block lie before a row. */
function endIn(block: number, end: number): number {
  return Math.min(BLOCK_ROWS, end - block * BLOCK_ROWS);
}

function saysLevelBeyondKey(text: Buffer, from: number, to: number): boolean {
  if (from === to) return true;
  const first = text[from]!;
  // An object of JSON, blanks before it, or the letter before the numbers of glog.
  if (first === 123 || first <= 32) return true;
  if (first >= 65 && first <= 90 && from + 1 < to && isDigit(text[from + 1]!)) return true;
  // Of several lines the key has the first alone.
  for (let at = from; at < to; at++) if (text[at] === EQUALS || text[at] === NEWLINE) return true;
  return false;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
