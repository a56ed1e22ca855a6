import { countVarints, lowVarint } from '../../wire/scan-varint';
import {
  NOTE_BOUNDS,
  NOTE_BUCKETS,
  NOTE_COUNTS,
  NOTE_DATA,
  NOTE_DOUBLE,
  NOTE_FLAGS,
  NOTE_INTEGER,
  NOTE_NAME,
  NOTE_SCALE,
  NOTE_SIDE,
  NOTE_TEMPORALITY,
  ROLE_BUCKETS,
  ROLE_EXPONENTIAL,
  ROLE_HISTOGRAM,
  ROLE_METRIC,
  ROLE_NUMBER,
  ROLE_SUMMARY,
} from '../../wire/walk-tables';
import { readServiceName } from './read-service-name';
import {
  BAD_BOUNDS,
  BAD_BUCKETS,
  BAD_REFERENCE,
  BAD_SCALE,
  BAD_SPAN_ID,
  DELTA_NOT_FINITE,
  MAX_EXPONENTIAL_BUCKETS,
  MIN_EXPONENTIAL_SCALE,
  NO_DATA,
  NO_KEY,
  NO_NAME,
  NO_TEMPORALITY,
  NO_VALUE,
  REASONS,
  type Rejection,
  TOO_WIDE,
  TWO_KINDS,
} from './rejection';

const NO_RECORDED_VALUE = 1;
const DELTA = 1;
const CUMULATIVE = 2;
/** Tags of `Metric.data`: these have no temporality. */
const GAUGE_TAG = 0x2a;
const SUMMARY_TAG = 0x5a;
const NONE = -1;

/** Why a request is refused as a whole. */
export type RequestFault = 'undecodable' | 'too-many-items' | 'too-many-parts' | 'item-too-large';

/**
 * What the walk over one request found: its items, and which of them the store will not keep. It must say the same as
 * the decoders do. Where what rules a point comes behind it (OTLP writes the temporality last), the reasons are counted
 * until its metric ends.
 */
export class RequestCheck {
  items = 0;
  /** Fields with a length, varints, and buckets. */
  parts = 0;
  /** Why the walk was given up. */
  fault: RequestFault = 'undecodable';
  /** A message that stands in another came in pieces. */
  isInPieces = false;
  /** An attribute of the point being walked has no key. */
  hasNoKey = false;
  private readonly counts = new Int32Array(REASONS.length);
  private readonly found: { metric: string; service: string }[] = [];

  private resourceStart = 0;
  private resourceEnd = 0;

  private nameStart = 0;
  private nameLength = 0;
  private dataTag = 0;
  private temporality = 0;
  /** Points of the metric's data, and of data that other data took the place of. */
  private points = 0;
  private replaced = 0;
  private readonly pending = new Int32Array(REASONS.length);

  private hasValue = false;
  private isFinite = true;
  private flags = 0;
  private countBytes = 0;
  private boundBytes = 0;
  private areBoundsBad = false;
  private lastBound = 0;
  private scale = 0;
  private buckets = 0;
  private widest = 0;
  /** A bit for each side of which the point has had buckets. */
  private sides = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get rejected(): number {
    return this.counts.reduce((sum, count, reason) => (REASONS[reason]!.lost ? sum + count : sum), 0);
  }

  rejections(): Rejection[] {
    return REASONS.flatMap(({ text, lost }, reason) => {
      const count = this.counts[reason]!;
      return count === 0 ? [] : [{ reason: text, count, lost, ...this.found[reason]! }];
    });
  }

  /** What follows is of the Resource at [start, end). */
  beginResource(start: number, end: number): void {
    this.resourceStart = start;
    this.resourceEnd = end;
  }

  rejectSpan(): void {
    this.add(BAD_SPAN_ID, 1);
  }

  /** An item, link or exemplar is kept without an id that it names. */
  leaveOutReference(): void {
    this.add(BAD_REFERENCE, 1);
  }

  /** A metric or buckets begin. */
  begin(role: number): void {
    if (role === ROLE_BUCKETS) this.buckets = 0;
    else if (role === ROLE_METRIC) {
      this.nameLength = 0;
      this.dataTag = 0;
      this.points = 0;
      this.replaced = 0;
    }
  }

  end(role: number): void {
    if (role === ROLE_BUCKETS) this.widest = Math.max(this.widest, this.buckets);
    else if (role === ROLE_METRIC) this.endMetric();
  }

  beginPoint(): void {
    this.items++;
    this.hasValue = false;
    this.isFinite = true;
    this.hasNoKey = false;
    this.flags = 0;
    this.countBytes = 0;
    this.boundBytes = 0;
    this.areBoundsBad = false;
    this.scale = 0;
    this.widest = 0;
    this.sides = 0;
  }

  /** A point with nothing against it but what its metric may have; its attributes count as parts. */
  keepPoint(attributes: number): void {
    this.items++;
    this.points++;
    this.parts += attributes;
  }

  endPoint(role: number): void {
    this.points++;
    const reason = this.pointReason(role);
    if (reason !== NONE) this.pending[reason]!++;
  }

  /** A field that the tables say to look at: its value at [start, end). */
  note(note: number, tag: number, start: number, end: number): void {
    if (note === NOTE_DOUBLE) {
      this.hasValue = true;
      this.isFinite = isFiniteDouble(this.bytes, start);
    } else if (note === NOTE_INTEGER) {
      this.hasValue = true;
      this.isFinite = true;
    } else if (note === NOTE_COUNTS) {
      this.countBytes += end - start;
    } else if (note === NOTE_BOUNDS) this.noteBounds(start, end);
    else if (note === NOTE_FLAGS) this.flags = lowVarint(this.bytes, start);
    else if (note === NOTE_BUCKETS) this.buckets += countVarints(this.bytes, start, end);
    else if (note === NOTE_SIDE) {
      const bit = 1 << (tag >> 3);
      if ((this.sides & bit) !== 0) this.isInPieces = true;
      this.sides |= bit;
    } else if (note === NOTE_SCALE) {
      const zigzag = lowVarint(this.bytes, start);
      this.scale = (zigzag >>> 1) ^ -(zigzag & 1);
    } else if (note === NOTE_NAME) {
      this.nameStart = start;
      this.nameLength = end - start;
    } else if (note === NOTE_DATA) this.noteData(tag);
    else if (note === NOTE_TEMPORALITY) this.temporality = lowVarint(this.bytes, start);
  }

  private noteBounds(start: number, end: number): void {
    for (let at = start; at < end; at += 8) {
      const bound = this.view.getFloat64(at, true);
      const isFirst = this.boundBytes === 0;
      // Only the last may be +Inf: it says what the last bucket says anyway.
      const follows = isFirst || bound > this.lastBound;
      if (!(bound > Number.NEGATIVE_INFINITY && follows)) this.areBoundsBad = true;
      this.lastBound = bound;
      this.boundBytes += 8;
    }
  }

  private noteData(tag: number): void {
    if (this.dataTag === tag) return;
    this.replaced += this.points;
    this.points = 0;
    this.temporality = 0;
    this.pending.fill(0);
    this.dataTag = tag;
  }

  private pointReason(role: number): number {
    if (this.hasNoKey) return NO_KEY;
    if (role === ROLE_SUMMARY) return NONE;
    const isStale = (this.flags & NO_RECORDED_VALUE) !== 0;
    if (role === ROLE_HISTOGRAM) {
      if (!isStale && !this.doBucketsFit()) return BAD_BUCKETS;
      if (this.areBoundsBad && (isStale || this.countBytes > 0)) return BAD_BOUNDS;
    } else if (role === ROLE_EXPONENTIAL) {
      if (this.scale < MIN_EXPONENTIAL_SCALE) return BAD_SCALE;
      if (this.widest > MAX_EXPONENTIAL_BUCKETS) return TOO_WIDE;
    }
    if (isStale) return NONE;
    if (role === ROLE_NUMBER && !this.hasValue) return NO_VALUE;
    return this.isFinite ? NONE : DELTA_NOT_FINITE;
  }

  /** Bounds without counts say nothing, and +Inf may be among the bounds. */
  private doBucketsFit(): boolean {
    const { countBytes, boundBytes } = this;
    if (countBytes === 0 || countBytes === boundBytes + 8) return true;
    return countBytes === boundBytes && this.lastBound === Number.POSITIVE_INFINITY;
  }

  private endMetric(): void {
    const { points, temporality, pending, dataTag } = this;
    const needsTemporality = dataTag !== GAUGE_TAG && dataTag !== SUMMARY_TAG;
    if (dataTag === 0) this.add(NO_DATA, 1);
    else if (this.nameLength === 0) this.add(NO_NAME, points);
    else if (needsTemporality && temporality !== DELTA && temporality !== CUMULATIVE) this.add(NO_TEMPORALITY, points);
    else {
      const isDelta = needsTemporality && temporality === DELTA;
      for (let reason = 0; reason < pending.length; reason++) {
        if (pending[reason]! > 0 && (isDelta || reason !== DELTA_NOT_FINITE)) this.add(reason, pending[reason]!);
      }
    }
    this.add(TWO_KINDS, this.replaced);
  }

  private add(reason: number, count: number): void {
    if (count === 0) return;
    this.counts[reason]! += count;
    this.found[reason] ??= {
      metric: reason === BAD_SPAN_ID ? '' : this.text(this.nameStart, this.nameLength),
      service: readServiceName(this.bytes, this.resourceStart, this.resourceEnd),
    };
  }

  private text(start: number, length: number): string {
    const { buffer, byteOffset } = this.bytes;
    return Buffer.from(buffer, byteOffset + start, Math.min(length, MAX_NAME_BYTES)).toString('utf8');
  }
}

const MAX_NAME_BYTES = 200;

/** Whether the double at `at` is neither infinite nor NaN: their exponents are all ones. */
export function isFiniteDouble(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + 7]! & 0x7f) !== 0x7f || bytes[at + 6]! < 0xf0;
}
