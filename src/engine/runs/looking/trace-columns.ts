import type { Pace } from '../../pace/pace';
import { doubled } from '../../store/reader/doubled';
import { IdTable } from '../counting/id-table';

/** Traces as far as a part of the rows tells of them, a column each; ids and times as pairs of 32 bits, the lower half first. */
export interface PartsOfTraces {
  readonly count: number;
  readonly lo: Uint32Array;
  readonly hi: Uint32Array;
  readonly startNs: Uint32Array;
  readonly firstSeq: Float64Array;
  readonly lastSeq: Float64Array;
  readonly spans: Float64Array;
  readonly longestNs: Float64Array;
  /** 1 where a span failed. */
  readonly failed: Uint8Array;
  readonly name: Uint32Array;
}

/** Traces that are put together from parts, each part behind the one before: a column each, in the order of their first rows. */
export class TraceColumns {
  spans = new Float64Array(1024);
  failed = new Uint8Array(1024);
  startNs = new Uint32Array(2 * 1024);
  longestNs = new Float64Array(1024);
  firstSeq = new Float64Array(1024);
  lastSeq = new Float64Array(1024);
  /** Of what began first, as an id of the dictionary. */
  name = new Uint32Array(1024);
  private readonly ids = new IdTable(4);

  get count(): number {
    return this.ids.count;
  }

  async add(parts: PartsOfTraces, pace: Pace): Promise<void> {
    const { lo, hi } = parts;
    for (let part = 0; part < parts.count; part++) {
      if (pace.isDueAfter(15)) await pace.turn();
      const at = 2 * part;
      const known = this.ids.count;
      const trace = this.ids.add(lo[at]!, lo[at + 1]!, hi[at]!, hi[at + 1]!);
      if (trace === known) this.begin(trace, parts, part);
      this.addPart(trace, parts, part);
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

  private begin(trace: number, { firstSeq, startNs, name }: PartsOfTraces, part: number): void {
    if (trace === this.failed.length) this.grow();
    this.firstSeq[trace] = firstSeq[part]!;
    this.startNs[2 * trace] = startNs[2 * part]!;
    this.startNs[2 * trace + 1] = startNs[2 * part + 1]!;
    this.name[trace] = name[part]!;
  }

  private addPart(trace: number, parts: PartsOfTraces, part: number): void {
    const { startNs } = parts;
    this.spans[trace]! += parts.spans[part]!;
    if (parts.failed[part] === 1) this.failed[trace] = 1;
    if (parts.longestNs[part]! > this.longestNs[trace]!) this.longestNs[trace] = parts.longestNs[part]!;
    this.lastSeq[trace] = parts.lastSeq[part]!;
    const [low, high] = [startNs[2 * part]!, startNs[2 * part + 1]!];
    const later = high - this.startNs[2 * trace + 1]! || low - this.startNs[2 * trace]!;
    if (later >= 0) return;
    this.startNs[2 * trace] = low;
    this.startNs[2 * trace + 1] = high;
    this.name[trace] = parts.name[part]!;
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
