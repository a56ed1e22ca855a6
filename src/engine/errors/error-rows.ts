/** One telling of an error: a recorded exception, a span that failed, a log line. */
export interface ErrorRow {
  /** Of `spans` or of `logs`. */
  readonly source: typeof SPAN | typeof LOG;
  readonly seq: bigint;
  readonly timeNs: bigint;
  readonly traceHi: bigint;
  readonly traceLo: bigint;
  readonly spanId: bigint;
  readonly parentId: bigint;
  /** Of the span; of a line its time. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly resource: number;
  readonly group: number;
  /** Of the last part of its type, and of its message; 0: it has none. */
  readonly typeHash: number;
  readonly messageHash: number;
  /** Of the part of a line's message behind its last colon. */
  readonly tailHash: number;
  readonly flags: number;
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
  private base: bigint | undefined;

  get baseNs(): bigint {
    return this.base ?? 0n;
  }

  add(row: ErrorRow): number {
    this.base ??= row.timeNs;
    if (this.length === this.source.length) this.grow();
    const at = this.length++;
    this.source[at] = row.source;
    this.flags[at] = row.flags;
    this.seq[at] = row.seq;
    this.traceHi[at] = row.traceHi;
    this.traceLo[at] = row.traceLo;
    this.spanId[at] = row.spanId;
    this.parentId[at] = row.parentId;
    this.time[at] = Number(row.timeNs - this.base);
    this.start[at] = Number(row.startNs - this.base);
    this.end[at] = Number(row.endNs - this.base);
    this.resource[at] = row.resource;
    this.group[at] = row.group;
    this.typeHash[at] = row.typeHash;
    this.messageHash[at] = row.messageHash;
    this.tailHash[at] = row.tailHash;
    this.mergedInto[at] = -1;
    this.link(at);
    return at;
  }

  /** Unix milliseconds. */
  timeMs(at: number): number {
    return Number((this.baseNs + BigInt(this.time[at]!)) / 1000n) / 1000;
  }

  isTraced(at: number): boolean {
    return this.traceLo[at] !== 0n || this.traceHi[at] !== 0n;
  }

  /** The rows of this one's trace, itself among them; of one without a trace those of its time and message. The newest first. */
  together(at: number): number[] {
    const found: number[] = [];
    const traced = this.isTraced(at);
    const [hi, lo] = [this.traceHi[at], this.traceLo[at]];
    for (let other = this.heads[this.chainOf(at)]!; other >= 0; other = this.next[other]!) {
      const is = traced
        ? this.traceLo[other] === lo && this.traceHi[other] === hi
        : !this.isTraced(other) &&
          this.time[other] === this.time[at] &&
          this.messageHash[other] === this.messageHash[at];
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
    let length = 0;
    for (let at = 0; at < this.length; at++) {
      if (!keeps(at)) continue;
      for (const column of this.columns()) column[length] = column[at]!;
      moved[at] = length++;
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

  private link(at: number): void {
    const chain = this.chainOf(at);
    this.next[at] = this.heads[chain]!;
    this.heads[chain] = at;
  }

  private chainOf(at: number): number {
    if (this.isTraced(at)) return Number(this.traceLo[at]! & 0xffffn);
    return (Math.imul(this.messageHash[at]! ^ Math.floor(this.time[at]! / 1000), 0x9e3779b1) >>> 16) & (CHAINS - 1);
  }

  private grow(): void {
    const wider = <Column extends Uint8Array | Uint32Array | Int32Array | Float64Array | BigUint64Array>(
      column: Column,
    ): Column => {
      const made = new (column.constructor as new (length: number) => Column)(2 * column.length);
      made.set(column as never);
      return made;
    };
    this.source = wider(this.source);
    this.flags = wider(this.flags);
    this.seq = wider(this.seq);
    this.traceHi = wider(this.traceHi);
    this.traceLo = wider(this.traceLo);
    this.spanId = wider(this.spanId);
    this.parentId = wider(this.parentId);
    this.time = wider(this.time);
    this.start = wider(this.start);
    this.end = wider(this.end);
    this.resource = wider(this.resource);
    this.group = wider(this.group);
    this.typeHash = wider(this.typeHash);
    this.messageHash = wider(this.messageHash);
    this.tailHash = wider(this.tailHash);
    this.mergedInto = wider(this.mergedInto);
    this.next = wider(this.next);
  }

  private columns(): { [at: number]: number | bigint }[] {
    const { source, flags, seq, traceHi, traceLo, spanId, parentId, time, start, end } = this;
    const { resource, group, typeHash, messageHash, tailHash, mergedInto } = this;
    return [
      ...[source, flags, seq, traceHi, traceLo, spanId, parentId, time, start, end],
      ...[resource, group, typeHash, messageHash, tailHash, mergedInto],
    ] as { [at: number]: number | bigint }[];
  }
}
