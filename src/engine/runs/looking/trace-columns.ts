import type { Pace } from '../../pace/pace';
import { IdTable } from '../counting/id-table';
import type { TimeSpan } from '../counting/run-scope';

/** Rows of `spans` in the order of their arrival; ids, seqs and times as pairs of 32 bits, the lower half first. */
export interface NarrowRows {
  readonly count: number;
  readonly seq: Uint32Array;
  readonly traceLo: Uint32Array;
  readonly traceHi: Uint32Array;
  readonly startNs: Uint32Array;
  readonly durationNs: Float64Array;
  readonly status: Uint8Array;
  readonly name: Uint32Array;
}

/** The traces of rows, a column each, in the order of their first rows. */
export class TraceColumns {
  spans = new Float64Array(1024);
  failed = new Uint8Array(1024);
  startNs = new Uint32Array(2 * 1024);
  longestNs = new Float64Array(1024);
  firstSeq = new Float64Array(1024);
  lastSeq = new Float64Array(1024);
  /** Of the span that began first, as an id of the dictionary. */
  name = new Uint32Array(1024);
  private readonly ids = new IdTable(4);
  private readonly from: Halves | undefined;
  private readonly to: Halves | undefined;

  /** Rows that began beyond `range` are left out. */
  constructor(range: TimeSpan | null) {
    this.from = range ? halvesOf(range.startNs) : undefined;
    this.to = range ? halvesOf(range.endNs) : undefined;
  }

  get count(): number {
    return this.ids.count;
  }

  async add(rows: NarrowRows, pace: Pace): Promise<void> {
    const { traceLo: lo, traceHi: hi, startNs } = rows;
    let trace = -1;
    for (let row = 0, before = -1; row < rows.count; row++) {
      if (pace.isDueAfter(5)) await pace.turn();
      const at = 2 * row;
      if (!this.isWithin(startNs[at + 1]!, startNs[at]!)) continue;
      // Spans of a trace mostly stand together.
      if (before === -1 || !isSame(lo, at, before) || !isSame(hi, at, before)) {
        const known = this.ids.count;
        trace = this.ids.add(lo[at]!, lo[at + 1]!, hi[at]!, hi[at + 1]!);
        if (trace === known) this.begin(trace, rows, row);
      }
      before = at;
      this.addRow(trace, rows, row);
    }
  }

  /** Halves of the ids. */
  idsOf(): { lo: Uint32Array; hi: Uint32Array } {
    const [lo, hi] = [new Uint32Array(2 * this.count), new Uint32Array(2 * this.count)];
    for (let trace = 0; trace < this.count; trace++) {
      for (const half of [0, 1]) {
        lo[2 * trace + half] = this.ids.word(trace, half);
        hi[2 * trace + half] = this.ids.word(trace, 2 + half);
      }
    }
    return { lo, hi };
  }

  private begin(trace: number, { seq, startNs, name }: NarrowRows, row: number): void {
    if (trace === this.failed.length) this.grow();
    this.firstSeq[trace] = seq[2 * row + 1]! * 2 ** 32 + seq[2 * row]!;
    this.startNs[2 * trace] = startNs[2 * row]!;
    this.startNs[2 * trace + 1] = startNs[2 * row + 1]!;
    this.name[trace] = name[row]!;
  }

  private addRow(trace: number, { seq, startNs, durationNs, status, name }: NarrowRows, row: number): void {
    this.spans[trace]!++;
    if (status[row] === 2) this.failed[trace] = 1;
    if (durationNs[row]! > this.longestNs[trace]!) this.longestNs[trace] = durationNs[row]!;
    this.lastSeq[trace] = seq[2 * row + 1]! * 2 ** 32 + seq[2 * row]!;
    const [low, high] = [startNs[2 * row]!, startNs[2 * row + 1]!];
    const later = high - this.startNs[2 * trace + 1]! || low - this.startNs[2 * trace]!;
    if (later >= 0) return;
    this.startNs[2 * trace] = low;
    this.startNs[2 * trace + 1] = high;
    this.name[trace] = name[row]!;
  }

  private isWithin(high: number, low: number): boolean {
    const { from, to } = this;
    if (!from || !to) return true;
    if (high < from.high || (high === from.high && low < from.low)) return false;
    return high < to.high || (high === to.high && low < to.low);
  }

  private grow(): void {
    this.spans = doubled(this.spans);
    this.failed = doubled(this.failed);
    this.startNs = doubled(this.startNs);
    this.longestNs = doubled(this.longestNs);
    this.firstSeq = doubled(this.firstSeq);
    this.lastSeq = doubled(this.lastSeq);
    this.name = doubled(this.name);
  }
}

interface Halves {
  readonly low: number;
  readonly high: number;
}

function halvesOf(ns: bigint): Halves {
  return { low: Number(ns & 0xffffffffn), high: Number(ns >> 32n) };
}

function isSame(halves: Uint32Array, a: number, b: number): boolean {
  return halves[a] === halves[b] && halves[a + 1] === halves[b + 1];
}

function doubled<Values extends Float64Array | Uint32Array | Uint8Array>(values: Values): Values {
  const wider = new (values.constructor as new (length: number) => Values)(2 * values.length);
  wider.set(values);
  return wider;
}
