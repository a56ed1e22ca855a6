import { ProtobufAppender } from '../../wire/protobuf-appender';
import type { Signal } from '../../wire/signal';
import { WireReader } from '../../wire/wire-reader';
import { WIRE_LENGTH } from '../../wire/wire-types';

/** A piece holds at least one item, and no more when it holds these: bytes beside what all of the piece stands under. */
const PIECE_BYTES = 512 * 1024;
const PIECE_ITEMS = 8192;

/**
 * Resource, scope and metric stand in each piece. A batch of SDKs has some kilobytes of them; they may hold values of a
 * mebibyte, but the pieces together may not grow far beyond the request.
 */
export const MAX_REPEATED_BYTES = 64 * 1024 * 1024;

const GAUGE_TO_SUMMARY = [5, 7, 9, 10, 11];
/** From the request down to its items: the fields that hold what is counted. */
const PATHS: Readonly<Record<Signal, readonly (readonly number[])[]>> = {
  traces: [[1], [2], [2]],
  logs: [[1], [2], [2]],
  metrics: [[1], [2], [2], GAUGE_TO_SUMMARY, [1]],
};
/** Of the number of a piece: no field of OTLP. Two pieces that hold the same are no repeat of one another. */
const PIECE_NUMBER_TAG = 1000 * 8;

/**
 * Takes a valid request apart into requests that hold its items in order, each under the resource, scope and metric it
 * had. What holds no item is left out. The same request always gives the same pieces. Null where the pieces would be more
 * than `MAX_REPEATED_BYTES` longer than the request.
 */
export function splitRequest(signal: Signal, request: Uint8Array): Uint8Array[] | null {
  const splitter = new Splitter(request, PATHS[signal]);
  return splitter.walk(0, 0, request.length) ? splitter.finish() : null;
}

/** A message that is being written: its fields beside those on the path, as ranges of the request. */
interface Level {
  readonly tag: number;
  readonly head: readonly (readonly [from: number, to: number])[];
  /** Where its content begins in the piece being written; -1 while it is not in it. */
  from: number;
}

class Splitter {
  private readonly pieces: Uint8Array[] = [];
  private readonly reader: WireReader;
  private readonly open: Level[] = [];
  private writer = new ProtobufAppender();
  private items = 0;
  /** Of the levels that are open. */
  private headBytes = 0;
  /** Of all pieces so far, beside their items. */
  private writtenHeadBytes = 0;

  constructor(
    private readonly request: Uint8Array,
    private readonly path: readonly (readonly number[])[],
  ) {
    this.reader = new WireReader(request);
  }

  /** Walks the message in `[from, to)`, whose children on the path are at `depth`; false where it has to be given up. */
  walk(depth: number, from: number, to: number): boolean {
    const children = this.path[depth]!;
    const isLast = depth === this.path.length - 1;
    for (const [start, end, number] of this.fields(from, to)) {
      if (!children.includes(number)) continue;
      const [contentFrom, tag] = this.content(start);
      if (isLast) {
        this.item(start, end);
        if (this.writtenHeadBytes > this.request.length + MAX_REPEATED_BYTES) return false;
      } else {
        const head = this.headOf(depth + 1, contentFrom, end);
        const headBytes = head.reduce((sum, [headFrom, headTo]) => sum + headTo - headFrom, 0);
        this.headBytes += headBytes;
        this.open.push({ tag, head, from: -1 });
        if (!this.walk(depth + 1, contentFrom, end)) return false;
        this.close();
        this.headBytes -= headBytes;
      }
    }
    return true;
  }

  finish(): Uint8Array[] {
    if (this.items > 0) this.cut();
    return this.pieces;
  }

  private item(start: number, end: number): void {
    const { writer } = this;
    const mostBytes = PIECE_BYTES + this.headBytes;
    if (this.items > 0 && (this.items >= PIECE_ITEMS || writer.length + end - start > mostBytes)) this.cut();
    for (const level of this.open) {
      if (level.from >= 0) continue;
      this.writer.varint(level.tag);
      level.from = this.writer.open();
      for (const [from, to] of level.head) {
        this.writer.raw(this.request, from, to);
        this.writtenHeadBytes += to - from;
      }
    }
    this.writer.raw(this.request, start, end);
    this.items++;
  }

  private close(): void {
    const level = this.open.pop()!;
    if (level.from >= 0) this.writer.close(level.from);
  }

  /** Ends the piece; what is open goes on in the next one. */
  private cut(): void {
    for (let i = this.open.length - 1; i >= 0; i--) {
      const level = this.open[i]!;
      if (level.from >= 0) this.writer.close(level.from);
      level.from = -1;
    }
    if (this.pieces.length > 0) {
      this.writer.varint(PIECE_NUMBER_TAG);
      this.writer.varint(this.pieces.length);
    }
    this.pieces.push(this.writer.finish());
    this.writer = new ProtobufAppender();
    this.items = 0;
  }

  private headOf(depth: number, from: number, to: number): [number, number][] {
    const children = this.path[depth]!;
    const head: [number, number][] = [];
    for (const [start, end, number] of this.fields(from, to)) if (!children.includes(number)) head.push([start, end]);
    return head;
  }

  /** Start, end and number of each field. */
  private *fields(from: number, to: number): Generator<[start: number, end: number, number: number]> {
    const { reader } = this;
    let position = from;
    while (position < to) {
      reader.position = position;
      const tag = reader.varint();
      reader.skip(tag & 7);
      const start = position;
      position = reader.position;
      yield [start, position, tag >>> 3];
    }
  }

  /** Where the content of a length-delimited field starts, and its tag. */
  private content(start: number): [from: number, tag: number] {
    const { reader } = this;
    reader.position = start;
    const tag = reader.varint();
    if ((tag & 7) !== WIRE_LENGTH) throw new RangeError(`wire type ${tag & 7} of a message`);
    reader.varint();
    return [reader.position, tag];
  }
}
