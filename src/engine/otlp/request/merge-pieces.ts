import { AnyValue, type Field, type Message, REQUESTS } from '../../wire/descriptors';
import { ProtobufAppender } from '../../wire/protobuf-appender';
import { lowVarint, skipVarint } from '../../wire/scan-varint';
import type { Signal } from '../../wire/signal';
import { WIRE_FIXED32, WIRE_FIXED64, WIRE_LENGTH, WIRE_VARINT } from '../../wire/wire-types';

/**
 * A valid request with every message in one piece. Protobuf lets a message that stands in another come in pieces, whose
 * fields count together; of AnyValue's kinds the last one counts, and its pieces alone. All else stays as it is.
 */
export function mergePieces(signal: Signal, request: Uint8Array): Uint8Array {
  const writer = new ProtobufAppender();
  write(request, 0, request.length, REQUESTS[signal], writer);
  return writer.finish();
}

/** Writes the message in [from, to) of `bytes`. */
function write(bytes: Uint8Array, from: number, to: number, message: Message, writer: ProtobufAppender): void {
  const pieces = isSplit(bytes, from, to, message) ? gather(bytes, from, to, message) : null;
  // Of several kinds of value the last one counts.
  const isOneKind = message === AnyValue && pieces !== null && pieces.size > 0;
  eachField(bytes, from, to, (start, tag, content, end) => {
    const field = messageField(message, tag);
    if (!field) {
      if (!isOneKind) writer.raw(bytes, start, end);
      return;
    }
    const parts = pieces?.get(field.number);
    // The pieces stand where the first one stood.
    if (parts ? parts[0]![0] !== content : isOneKind) return;
    writer.varint(tag);
    const at = writer.open();
    if (parts && parts.length > 1) {
      const joined = Buffer.concat(parts.map(([partFrom, partTo]) => bytes.subarray(partFrom, partTo)));
      write(joined, 0, joined.length, field.type as Message, writer);
    } else write(bytes, content, end, field.type as Message, writer);
    writer.close(at);
  });
}

type Pieces = ReadonlyMap<number, [from: number, to: number][]>;

/** The contents of each field that holds one message, by its number; of AnyValue's kinds those that count. */
function gather(bytes: Uint8Array, from: number, to: number, message: Message): Pieces {
  const pieces = new Map<number, [number, number][]>();
  let kind = 0;
  eachField(bytes, from, to, (_start, tag, content, end) => {
    const field = messageField(message, tag);
    if (message === AnyValue && kind !== tag >>> 3) {
      kind = tag >>> 3;
      pieces.clear();
    }
    if (!field || !isSingle(message, field)) return;
    const parts = pieces.get(field.number);
    if (parts) parts.push([content, end]);
    else pieces.set(field.number, [[content, end]]);
  });
  return pieces;
}

function isSplit(bytes: Uint8Array, from: number, to: number, message: Message): boolean {
  let seen = 0;
  let found = false;
  eachField(bytes, from, to, (_start, tag) => {
    const field = messageField(message, tag);
    if (!field || !isSingle(message, field)) return;
    const bit = 1 << field.number;
    found ||= (seen & bit) !== 0;
    seen |= bit;
  });
  return found;
}

/** The data of a metric is read in pieces as it is: of several kinds the last one counts there. */
function isSingle({ name }: Message, { repeated }: Field): boolean {
  return !repeated && name !== 'Metric';
}

/** The field of that tag where it holds messages. */
function messageField({ fields }: Message, tag: number): Field | undefined {
  if ((tag & 7) !== WIRE_LENGTH) return undefined;
  for (const field of fields) if (field.number === tag >>> 3) return typeof field.type === 'string' ? undefined : field;
  return undefined;
}

function eachField(
  bytes: Uint8Array,
  from: number,
  to: number,
  call: (start: number, tag: number, content: number, end: number) => void,
): void {
  for (let position = from; position < to; ) {
    const start = position;
    const tag = lowVarint(bytes, position);
    position = skipVarint(bytes, position, to);
    const wire = tag & 7;
    let content = position;
    if (wire === WIRE_VARINT) position = skipVarint(bytes, position, to);
    else if (wire === WIRE_FIXED64) position += 8;
    else if (wire === WIRE_FIXED32) position += 4;
    else {
      content = skipVarint(bytes, position, to);
      position = content + lowVarint(bytes, position);
    }
    call(start, tag, content, position);
  }
}
