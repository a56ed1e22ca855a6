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
/** Blocks of one statement. */
const BLOCKS_AT_ONCE = 32;
/** Of more rows those that were looked at first are forgotten: 32 MiB. */
const MOST_BLOCKS = 8192;
/** Keys of lines that are remembered, in two halves. */
const MOST_KEYS = 200_000;
/** Longer lines are read one by one. */
const MOST_BYTES = 4096;
const MOST_READ = 16_384;
const LONG_AT_ONCE = 64;
/** Of the newest rows so many are looked at before anybody asks. */
const ROWS_AHEAD = 1_000_000n;

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
  /** Where `lookAhead` goes on. */
  #ahead = 0n;

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

  /** Looks at a stretch of the newest million rows, which the first question would have to wait for; whether more of them are left. */
  async lookAhead(signal: AbortSignal): Promise<boolean> {
    // Too many texts to tell apart: who asks begins anew with those that matter then.
    if (this.#table.isFull) return false;
    const [ends] = await this.reader.database.rows<{ first: bigint | null; last: bigint | null }>(
      `SELECT (SELECT seq FROM logs WHERE seq IS NOT NULL LIMIT 1) AS first, max(seq) AS last
       FROM logs WHERE seq >= ${ubigint(this.#ahead)}`,
      [],
      { signal },
    );
    if (ends?.first == null || ends.last == null) return false;
    const newest = ends.last + 1n - ROWS_AHEAD;
    const from = [this.#ahead, ends.first, newest].reduce((most, each) => (each > most ? each : most));
    const firstBlock = Number(from / BigInt(BLOCK_ROWS));
    const rows = Number(ends.last) + 1;
    const end = Math.min(rows, (firstBlock + BLOCKS_AT_ONCE) * BLOCK_ROWS);
    const count = Math.ceil(end / BLOCK_ROWS) - firstBlock;
    await this.mine(
      Array.from({ length: count }, (_, at) => firstBlock + at),
      end,
      signal,
    );
    this.#ahead = BigInt(end);
    return end < rows;
  }

  async #mine(blocks: readonly number[], end: number, signal: AbortSignal): Promise<void> {
    if (this.#table.isFull) this.#forget();
    const open = blocks.filter((block) => (this.#blocks.get(block)?.mined ?? 0) < endIn(block, end));
    if (open.length === 0) return;
    const { levels, ids } = await LineLevels.load(this.reader, LogCatalog.of(this.reader), this.#seeds);
    const pace = new Pace(signal);
    const pieces = piecesOf(open, this.#blocks, end);
    // DuckDB reads the next piece while this one is looked at.
    let next = this.#read(pieces[0]!, ids, signal);
    for (const [at, piece] of pieces.entries()) {
      const rows = await next;
      if (at + 1 < pieces.length) {
        next = this.#read(pieces[at + 1]!, ids, signal);
        next.catch(() => {});
      }
      await this.#take(rows, levels, pace);
      for (const block of piece.blocks) this.#blockOf(block).mined = endIn(block, end);
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
    const levels =
      ids.length === 0 ? '' : ', list(coalesce(said[1], 0)::UINTEGER), list(coalesce(said[2], 0)::UINTEGER)';
    return this.reader.database.columns(
      `SELECT (seq // ${BLOCK_ROWS})::UINTEGER, string_agg(CASE WHEN bytes <= ${MOST_BYTES} THEN line ELSE '' END, chr(10)),
         list((seq % ${BLOCK_ROWS})::UINTEGER), list(bytes), list(resource), list(severity::UINTEGER), list(severity_text)${levels}
       FROM (SELECT seq, line, strlen(line)::UINTEGER AS bytes, resource, severity, severity_text${ids.length === 0 ? '' : `, ${said} AS said`}
         FROM (SELECT *, coalesce(${lineSql}, '') AS line FROM logs WHERE seq >= ${ubigint(BigInt(from))} AND seq < ${ubigint(BigInt(to))}))
       GROUP BY 1`,
      [],
      { signal, flatLists: true },
    );
  }

  async #take(rows: Columns, levels: LineLevels, pace: Pace): Promise<void> {
    const [numbers, texts] = rows.columns as [Uint32Array, readonly string[]];
    const [places, bytes, resources, severities, severityTexts, first, second] = rows.lists as readonly IdLists[];
    const long: LongLine[] = [];
    for (let group = 0; group < rows.rowCount; group++) {
      const { patterns } = this.#blockOf(numbers[group]!);
      const text = Buffer.from(texts[group]!, 'utf8');
      const end = places!.starts[group + 1]!;
      let at = 0;
      for (let row = places!.starts[group]!; row < end; row++) {
        const origin = levels.originOf(
          resources!.ids[row]!,
          severities!.ids[row]!,
          severityTexts!.ids[row]!,
          first ? first.ids[row]! : 0,
          second ? second.ids[row]! : 0,
        );
        const length = bytes!.ids[row]!;
        const place = places!.ids[row]!;
        if (length > MOST_BYTES) {
          long.push({ seq: numbers[group]! * BLOCK_ROWS + place, origin });
          at++;
          continue;
        }
        const to = at + length;
        patterns[place] = this.#patternOf(text, at, to, origin, levels);
        at = to + 1;
      }
      if (pace.isDue()) await pace.turn();
    }
    for (let from = 0; from < long.length; from += LONG_AT_ONCE) {
      await this.#takeLong(long.slice(from, from + LONG_AT_ONCE), levels, pace);
    }
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
    // What says the level may be a value that the key leaves out.
    if (known === undefined && saysLevelInValue(text, from, to)) {
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

function piecesOf(blocks: readonly number[], known: ReadonlyMap<number, Block>, end: number): Piece[] {
  const pieces: { from: number; to: number; blocks: number[] }[] = [];
  for (const block of [...blocks].sort((a, b) => a - b)) {
    const from = block * BLOCK_ROWS + (known.get(block)?.mined ?? 0);
    const to = block * BLOCK_ROWS + endIn(block, end);
    const last = pieces.at(-1);
    if (last && last.to === from && last.blocks.length < BLOCKS_AT_ONCE) {
      last.to = to;
      last.blocks.push(block);
    } else pieces.push({ from, to, blocks: [block] });
  }
  return pieces;
}

/** How many places of a block lie before a row. */
function endIn(block: number, end: number): number {
  return Math.min(BLOCK_ROWS, end - block * BLOCK_ROWS);
}

function saysLevelInValue(text: Buffer, from: number, to: number): boolean {
  const first = text[from] ?? 32;
  // An object of JSON, blanks before it, or the letter before the numbers of glog.
  if (first === 123 || first <= 32 || (first >= 65 && first <= 90 && isDigit(text[from + 1] ?? 0))) return true;
  const equals = text.indexOf(61, from);
  return equals !== -1 && equals < to;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
