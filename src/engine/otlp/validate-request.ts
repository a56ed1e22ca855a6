import { MAX_VALUE_DEPTH } from './descriptors';
import type { Signal } from './signal';
import { isSpanId, isTraceId } from './valid-ids';
import {
  INTO_MESSAGE,
  PACKED_FIXED64,
  PACKED_VARINTS,
  REFUSE,
  SKIP_FIXED32,
  SKIP_FIXED64,
  SKIP_VARINT,
  TABLES,
  TAGS,
  unknownAction,
} from './walk-tables';

export interface ValidRequest {
  /** Spans, log records or data points, the rejected ones included. */
  readonly items: number;
  readonly rejected: number;
  /** Why, for the sender; null while nothing is rejected. */
  readonly reason: string | null;
}

/**
 * Checks the structure of an Export…ServiceRequest against the descriptors and counts its items, without making an
 * object per item. A span without a valid trace id and span id is rejected alone. Text is not checked: invalid UTF-8 is
 * replaced when it is stored. `undecodable`: not protobuf, a field of another type than OTLP's, or values nested deeper
 * than `MAX_VALUE_DEPTH`.
 */
export function validateRequest(signal: Signal, request: Uint8Array): ValidRequest | 'undecodable' {
  const count: Count = { items: 0, rejected: 0 };
  const end = walk(request, TABLES.requests[signal], 0, request.length, 0, count);
  if (end === BROKEN) return 'undecodable';
  const reason = count.rejected === 0 ? null : 'trace id must be 16 bytes and span id 8 bytes, neither all zero';
  return { ...count, reason };
}

interface Count {
  items: number;
  rejected: number;
}

const BROKEN = -1;
const { actions, isItem, anyValue, keyValue, span } = TABLES;
const SPAN_TRACE_ID_TAG = 0x0a;
const SPAN_SPAN_ID_TAG = 0x12;

/** Walks one message; returns its end, or BROKEN. */
function walk(bytes: Uint8Array, message: number, from: number, end: number, depth: number, count: Count): number {
  if (isItem[message] === 1) count.items++;
  let traceId = 0;
  let traceIdLength = 0;
  let spanId = 0;
  let spanIdLength = 0;
  let position = from;
  while (position < end) {
    let tag = bytes[position++]!;
    if (tag >= 128) {
      const tagEnd = skipVarint(bytes, position, end);
      tag = smallVarint(bytes, position - 1, tagEnd);
      if (tagEnd === BROKEN || tag === BROKEN) return BROKEN;
      position = tagEnd;
    }
    const action = tag < TAGS ? actions[message * TAGS + tag]! : unknownAction(tag & 7);
    if (action === REFUSE) return BROKEN;
    if (action === SKIP_VARINT) {
      position = skipVarint(bytes, position, end);
      if (position === BROKEN) return BROKEN;
      continue;
    }
    if (action === SKIP_FIXED64 || action === SKIP_FIXED32) {
      position += action === SKIP_FIXED64 ? 8 : 4;
      continue;
    }
    let length = bytes[position++]!;
    if (length >= 128) {
      const lengthEnd = skipVarint(bytes, position, end);
      length = smallVarint(bytes, position - 1, lengthEnd);
      if (lengthEnd === BROKEN || length === BROKEN) return BROKEN;
      position = lengthEnd;
    }
    const fieldEnd = position + length;
    if (fieldEnd > end) return BROKEN;
    if (action >= INTO_MESSAGE) {
      const child = action - INTO_MESSAGE;
      if (child === keyValue && isPlain(bytes, position, fieldEnd)) {
        position = fieldEnd;
        continue;
      }
      const childDepth = child === anyValue ? depth + 1 : depth;
      if (childDepth > MAX_VALUE_DEPTH) return BROKEN;
      if (walk(bytes, child, position, fieldEnd, childDepth, count) === BROKEN) return BROKEN;
    } else if (action === PACKED_VARINTS) {
      if (!areVarints(bytes, position, fieldEnd)) return BROKEN;
    } else if (action === PACKED_FIXED64) {
      if (length % 8 !== 0) return BROKEN;
    } else if (message === span) {
      if (tag === SPAN_TRACE_ID_TAG) {
        traceId = position;
        traceIdLength = length;
      } else if (tag === SPAN_SPAN_ID_TAG) {
        spanId = position;
        spanIdLength = length;
      }
    }
    position = fieldEnd;
  }
  if (position !== end) return BROKEN;
  if (message === span && !(isTraceId(bytes, traceId, traceIdLength) && isSpanId(bytes, spanId, spanIdLength))) {
    count.rejected++;
  }
  return end;
}

/**
 * Whether a KeyValue is exactly a key and a string, boolean or integer, each length in one byte: nearly all attributes
 * are, and this spares them two calls of `walk`.
 */
function isPlain(bytes: Uint8Array, from: number, end: number): boolean {
  if (end - from > 127 || bytes[from] !== KEY_TAG) return false;
  const value = from + 2 + bytes[from + 1]!;
  if (value + 4 > end || bytes[value] !== VALUE_TAG || value + 2 + bytes[value + 1]! !== end) return false;
  const tag = bytes[value + 2]!;
  if (tag === STRING_VALUE_TAG) return value + 4 + bytes[value + 3]! === end;
  return (tag === INT_VALUE_TAG || tag === BOOL_VALUE_TAG) && skipVarint(bytes, value + 3, end) === end;
}

const KEY_TAG = 0x0a;
const VALUE_TAG = 0x12;
const STRING_VALUE_TAG = 0x0a;
const BOOL_VALUE_TAG = 0x10;
const INT_VALUE_TAG = 0x18;
const MAX_VARINT_BYTES = 10;

/** The position behind the varint at `from`, or BROKEN where it does not end in time. */
function skipVarint(bytes: Uint8Array, from: number, end: number): number {
  const limit = Math.min(end, from + MAX_VARINT_BYTES);
  for (let position = from; position < limit; ) if (bytes[position++]! < 128) return position;
  return BROKEN;
}

/** The value of the varint in `[from, end)`, or BROKEN from 2^28 on: no tag or length in a request is that large. */
function smallVarint(bytes: Uint8Array, from: number, end: number): number {
  if (end - from > 4) return BROKEN;
  let value = 0;
  for (let position = end - 1; position >= from; position--) value = (value << 7) | (bytes[position]! & 127);
  return value;
}

function areVarints(bytes: Uint8Array, from: number, end: number): boolean {
  let position = from;
  while (position < end) {
    position = skipVarint(bytes, position, end);
    if (position === BROKEN) return false;
  }
  return true;
}
