import { doubled } from '../store/reader/doubled';

/** What is told by a text: the same for all rows that tell it with these words. */
export interface Described {
  readonly group: number;
  /** Of the last part of its type, and of its message; 0: it has none. */
  readonly typeHash: number;
  readonly messageHash: number;
  /** Of the part of a line's message behind its last colon. */
  readonly tailHash: number;
}

/** The columns of a table's rows that told of errors; times are nanoseconds after `ErrorRows.baseNs`. */
export interface ToldColumns {
  /** Of `spans` or of `logs`. */
  readonly source: typeof SPAN | typeof LOG;
  readonly seq: BigUint64Array;
  readonly traceHi: BigUint64Array;
  readonly traceLo: BigUint64Array;
  readonly spanId: BigUint64Array;
  /** Null: lines have none. */
  readonly parentId: BigUint64Array | null;
  readonly time: Float64Array;
  /** Of the span; of a line its time. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly resource: Uint32Array;
}

export const SPAN = 0;
export const LOG = 1;

/** Bits of `flags`. */
export const STATUS_ALONE = 1;
export const IS_REQUEST = 2;
export const HANDLED = 4;
export const UNHANDLED = 8;
export const IS_LINE = 16;

const CHAINS = 1 << 16;
const FIRST_CAPACITY = 1024;
const WORD = 2 ** 32;
const NS_A_MICROSECOND = 1000;
const [FIRST_PRIME, SECOND_PRIME] = [0x85ebca6b, 0x9e3779b1];
const COLUMNS = [
  ...(['source', 'flags', 'seq', 'traceHi', 'traceLo', 'spanId', 'parentId', 'time', 'start', 'end'] as const),
  ...(['resource', 'group', 'typeHash', 'messageHash', 'tailHash', 'mergedInto'] as const),
] as const;

/** Tellings of errors as columns, about 100 bytes each, chained by trace; those of no trace by their time. */
export class ErrorRows {
  length = 0;
  source = new Uint8Array(FIRST_CAPACITY);
  flags = new Uint8Array(FIRST_CAPACITY);
  seq = new BigUint64Array(FIRST_CAPACITY);
  traceHi = new BigUint64Array(FIRST_CAPACITY);
  traceLo = new BigUint64Array(FIRST_CAPACITY);
  spanId = new BigUint64Array(FIRST_CAPACITY);
  parentId = new BigUint64Array(FIRST_CAPACITY);
  /** Nanoseconds after `baseNs`, exact for a hundred days around it. */
  time = new Float64Array(FIRST_CAPACITY);
  start = new Float64Array(FIRST_CAPACITY);
  end = new Float64Array(FIRST_CAPACITY);
  resource = new Uint32Array(FIRST_CAPACITY);
  group = new Uint32Array(FIRST_CAPACITY);
  typeHash = new Uint32Array(FIRST_CAPACITY);
  messageHash = new Uint32Array(FIRST_CAPACITY);
  tailHash = new Uint32Array(FIRST_CAPACITY);
  /** The row that tells the same error and stands for it; -1: this one does. */
  mergedInto = new Int32Array(FIRST_CAPACITY);
  private next = new Int32Array(FIRST_CAPACITY);
  private readonly heads = new Int32Array(CHAINS).fill(-1);
  private traces = { hi: wordsOf(this.traceHi), lo: wordsOf(this.traceLo) };
  private base: bigint | undefined;
  private baseMicroseconds = 0;
  private restOfBase = 0;

  get baseNs(): bigint {
    return this.base ?? 0n;
  }

  /** Times of a table's rows as this keeps them. */
  after(timesNs: BigUint64Array): Float64Array {
    if (this.base === undefined && timesNs.length > 0) {
      this.base = timesNs[0]!;
      this.baseMicroseconds = Number(this.base / 1000n);
      this.restOfBase = Number(this.base % 1000n);
    }
    const words = wordsOf(timesNs);
    const [baseLow, baseHigh] = wordsOf(BigUint64Array.of(this.baseNs)) as unknown as [number, number];
    const after = new Float64Array(timesNs.length);
    for (let row = 0; row < after.length; row++)
      after[row] = (words[2 * row + 1]! - baseHigh) * WORD + (words[2 * row]! - baseLow);
    return after;
  }

  /** Adds what row `row` of the columns told. */
  add(columns: ToldColumns, row: number, { group, typeHash, messageHash, tailHash }: Described, flags: number): number {
    if (this.length === this.source.length) this.grow();
    const at = this.length++;
    this.source[at] = columns.source;
    this.flags[at] = flags;
    this.seq[at] = columns.seq[row]!;
    this.traceHi[at] = columns.traceHi[row]!;
    this.traceLo[at] = columns.traceLo[row]!;
    this.spanId[at] = columns.spanId[row]!;
    this.parentId[at] = columns.parentId === null ? 0n : columns.parentId[row]!;
    this.time[at] = columns.time[row]!;
    this.start[at] = columns.start[row]!;
    this.end[at] = columns.end[row]!;
    this.resource[at] = columns.resource[row]!;
    this.group[at] = group;
    this.typeHash[at] = typeHash;
    this.messageHash[at] = messageHash;
    this.tailHash[at] = tailHash;
    this.mergedInto[at] = -1;
    this.link(at);
    return at;
  }

  /** Unix milliseconds. */
  timeMs(at: number): number {
    return this.msOf(this.time[at]!);
  }

  /** Unix milliseconds, whole ones, as `time` has them. */
  ofMs(ms: number): number {
    return Number(BigInt(ms) * 1_000_000n - this.baseNs);
  }

  /** Unix milliseconds of what `time` has. */
  msOf(time: number): number {
    const ns = time + this.restOfBase;
    // Whole microseconds, downwards: what is divided is exact.
    const rest = ns % NS_A_MICROSECOND;
    return (this.baseMicroseconds + (ns - (rest < 0 ? rest + NS_A_MICROSECOND : rest)) / NS_A_MICROSECOND) / 1000;
  }

  isTraced(at: number): boolean {
    const { hi, lo } = this.traces;
    return (lo[2 * at]! | lo[2 * at + 1]! | hi[2 * at]! | hi[2 * at + 1]!) !== 0;
  }

  /** The rows of this one's trace, itself among them; of one without a trace those of its time and message. The newest first. */
  together(at: number): number[] {
    const found: number[] = [];
    const traced = this.isTraced(at);
    for (let other = this.heads[this.chainOf(at)]!; other >= 0; other = this.next[other]!) {
      const is = traced
        ? this.isSameTrace(at, other)
        : this.time[other] === this.time[at] &&
          this.messageHash[other] === this.messageHash[at] &&
          !this.isTraced(other);
      if (is) found.push(other);
    }
    return found;
  }

  /** The row that stands for this one. */
  rootOf(at: number): number {
    let root = at;
    while (this.mergedInto[root]! >= 0) root = this.mergedInto[root]!;
    return root;
  }

  /** Keeps those rows alone, in their order. */
  keep(keeps: (at: number) => boolean): void {
    const moved = new Int32Array(this.length).fill(-1);
    const kept = new Uint32Array(this.length);
    let length = 0;
    for (let at = 0; at < this.length; at++) {
      if (!keeps(at)) continue;
      kept[length] = at;
      moved[at] = length++;
    }
    if (length === this.length) return;
    for (const name of COLUMNS) {
      const column = this[name];
      if (column instanceof BigUint64Array) moveUp(wordsOf(column), kept, length, 2);
      else moveUp(column, kept, length, 1);
    }
    this.length = length;
    this.heads.fill(-1);
    for (let at = 0; at < length; at++) {
      const into = this.mergedInto[at]!;
      // What stood for it is gone: its own telling counts.
      if (into >= 0) this.mergedInto[at] = moved[into]!;
      this.link(at);
    }
  }

  private isSameTrace(one: number, other: number): boolean {
    const { hi, lo } = this.traces;
    return (
      lo[2 * one] === lo[2 * other] &&
      lo[2 * one + 1] === lo[2 * other + 1] &&
      hi[2 * one] === hi[2 * other] &&
      hi[2 * one + 1] === hi[2 * other + 1]
    );
  }

  private link(at: number): void {
    const chain = this.chainOf(at);
    this.next[at] = this.heads[chain]!;
    this.heads[chain] = at;
  }

  /** Ids need not be random in any of their parts: some tracers count. */
  private chainOf(at: number): number {
    const { hi, lo } = this.traces;
    const ofTrace = Math.imul(Math.imul(lo[2 * at]!, FIRST_PRIME) ^ lo[2 * at + 1]!, SECOND_PRIME) ^ hi[2 * at]!;
    const own = this.isTraced(at)
      ? Math.imul(ofTrace, FIRST_PRIME) ^ hi[2 * at + 1]!
      : this.messageHash[at]! ^ Math.floor(this.time[at]! / 1000);
    return (Math.imul(own ^ (own >>> 15), SECOND_PRIME) >>> 16) & (CHAINS - 1);
  }

  private grow(): void {
    for (const name of [...COLUMNS, 'next'] as const) Object.assign(this, { [name]: doubled(this[name]) });
    this.traces = { hi: wordsOf(this.traceHi), lo: wordsOf(this.traceLo) };
  }
}

/** The two halves of each number, the lower one first. */
function wordsOf(column: BigUint64Array): Uint32Array {
  return new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);
}

/** `width`: how many numbers stand for a row. */
function moveUp(
  column: Uint8Array | Uint32Array | Int32Array | Float64Array,
  kept: Uint32Array,
  length: number,
  width: 1 | 2,
): void {
  for (let to = 0; to < length; to++)
    for (let part = 0; part < width; part++) column[width * to + part] = column[width * kept[to]! + part]!;
}
