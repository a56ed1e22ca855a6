import { hashBytes } from '../../../wire/byte-table';
import { WireReader } from '../../../wire/wire-reader';
import { AHEAD_NS, EARLIEST_NS } from '../../reader/span-times';
import { DeltaClock, type PointHash } from '../deltas/delta-clock';
import { DeltaSums } from '../deltas/delta-sums';
import type { LeftOutReason, MetricSink } from '../series/metric-sink';
import { type PointState, PointStates } from '../series/point-state';
import { ByteRun } from './byte-run';

const EARLIEST_MS = Number(EARLIEST_NS / 1_000_000n);
const AHEAD_MS = Number(AHEAD_NS / 1_000_000n);

/** What the decoders of all kinds of points share: the request being decoded, where it goes, and scratch memory. */
export class DecodeRun {
  sink!: MetricSink;
  reader = new WireReader(new Uint8Array(0));
  receivedMs = 0;
  /** Points before this are older than what is kept. */
  keptFromMs = Number.NEGATIVE_INFINITY;
  /** When the first request was received. */
  sinceMs = 0;
  /** Points stored, or stored before. */
  kept = 0;
  /** Of the resource and scope being decoded. */
  scope = 0;
  /** Over the points of the resource being decoded. */
  earliestMs = Number.POSITIVE_INFINITY;
  latestMs = Number.NEGATIVE_INFINITY;
  /** Point identities remembered by all decoders together. */
  knownPoints = 0;
  readonly deltas = new DeltaSums();
  readonly clock = new DeltaClock();
  readonly states = new PointStates();
  readonly attributes = new ByteRun();
  /** Start and end of each Exemplar message of the point being decoded. */
  readonly exemplars: number[] = [];

  beginPoint(): void {
    this.attributes.clear(this.reader.bytes, this.reader.view);
    this.exemplars.length = 0;
  }

  /**
   * Notes a point's time; a point without one happened when it was received. So did one whose time cannot be right, as with
   * spans: retention would delete it at once, or never. That is told.
   */
  pointTime(timeMs: number, metric: { leaveOut(reason: LeftOutReason): unknown }): number {
    const isLikely = timeMs >= EARLIEST_MS && timeMs <= this.receivedMs + AHEAD_MS;
    if (!isLikely && timeMs !== 0) metric.leaveOut('unlikely-time');
    const time = isLikely ? timeMs : this.receivedMs;
    if (time < this.earliestMs) this.earliestMs = time;
    if (time > this.latestMs) this.latestMs = time;
    return time;
  }

  /** Whether retention would delete a point of that time at once; a time that cannot be right is not the point's. */
  isTooOld(timeMs: number): boolean {
    return timeMs < this.keptFromMs && timeMs >= EARLIEST_MS;
  }

  /** The same for a delta: a late one of a series that goes on counts at its end. */
  isDeltaTooOld(timeMs: number, { timeMs: newestMs }: PointState): boolean {
    return this.isTooOld(timeMs) && newestMs < this.keptFromMs;
  }

  /** When a series of deltas was zero, should this be its first; 0 where that is not known. To be asked before its clock. */
  deltaBeginning(state: PointState, startMs: number, timeMs: number): number {
    const zeroMs = startMs + 1;
    return startMs > 0 && zeroMs < timeMs && zeroMs > state.timeMs ? zeroMs : 0;
  }

  /** Of a point's bytes, its resource and its scope: what it is known by when it comes again. */
  hash(start: number, end: number): PointHash {
    return { low: hashBytes(this.reader.bytes, this.reader.view, start, end), high: this.scope };
  }

  /** Reads a fixed64 of nanoseconds as whole milliseconds. */
  millis(): number {
    const { view, position } = this.reader;
    // 2^32 = 4294 × 10^6 + 967296 keeps every step below 2^53, where a division of the whole would round.
    const high = view.getUint32(position + 4, true);
    this.reader.position += 8;
    return high * 4294 + Math.floor((high * 967296 + view.getUint32(position, true)) / 1e6);
  }

  double(): number {
    this.reader.position += 8;
    return this.reader.view.getFloat64(this.reader.position - 8, true);
  }

  /** Reads a fixed64 as a double, rounded beyond 2^53. */
  fixed64(): number {
    this.reader.position += 8;
    return fixed64At(this.reader.view, this.reader.position - 8);
  }

  /** Reads an sfixed64 as a double, rounded beyond 53 bits. */
  sfixed64(): number {
    const { view, position } = this.reader;
    this.reader.position += 8;
    return view.getUint32(position, true) + view.getInt32(position + 4, true) * 4294967296;
  }

  /** Takes a length-delimited attribute whose tag began at `tagStart`. */
  attribute(tagStart: number): void {
    const end = this.reader.blockEnd();
    this.attributes.append(this.reader.bytes, tagStart, end);
    this.reader.position = end;
  }

  exemplar(): void {
    const end = this.reader.blockEnd();
    this.exemplars.push(this.reader.position, end);
    this.reader.position = end;
  }
}

export function fixed64At(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
}
