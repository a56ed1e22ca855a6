import { BROKEN, skipVarint } from '../../wire/scan-varint';
import { isSpanId, isTraceId, SPAN_ID_BYTES, TRACE_ID_BYTES } from '../../wire/valid-ids';
import { isFiniteDouble } from './request-check';
import { MAX_ITEM_PARTS } from './request-limits';

/*
 * What nearly all items are: every length in one byte, no value in another. Such an item is kept, and is spared the walk
 * over tables. Each function answers the parts as the walk counts them, or BROKEN for an item that is to be walked.
 */

/** A Span that begins with two valid ids, as every SDK writes it. */
export function countPlainSpan(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] !== SPAN_TRACE_ID_TAG || bytes[from + 1] !== TRACE_ID_BYTES) return BROKEN;
  const spanId = from + 2 + TRACE_ID_BYTES;
  if (bytes[spanId] !== SPAN_ID_TAG || bytes[spanId + 1] !== SPAN_ID_BYTES) return BROKEN;
  if (!isTraceId(bytes, from + 2, TRACE_ID_BYTES) || !isSpanId(bytes, spanId + 2, SPAN_ID_BYTES)) return BROKEN;
  let parts = 2;
  let hasStatus = false;
  let position = spanId + 2 + SPAN_ID_BYTES;
  while (position < end) {
    const tag = bytes[position++]!;
    if (tag === SPAN_START_TAG || tag === SPAN_END_TAG) {
      position += 8;
      continue;
    }
    if (tag === SPAN_FLAGS_TAG && bytes[position] === SPAN_FLAGS_TAG_END) {
      position += 5;
      continue;
    }
    parts++;
    // The length, or the whole varint.
    const next = bytes[position++]!;
    if (next > 127) return BROKEN;
    if (tag === SPAN_KIND_TAG || tag === SPAN_DROPPED_ATTRIBUTES_TAG) continue;
    if (tag === SPAN_ATTRIBUTE_TAG) {
      if (!isPlain(bytes, position, position + next)) return BROKEN;
    } else if (tag === SPAN_PARENT_TAG) {
      if (next !== 0 && next !== SPAN_ID_BYTES) return BROKEN;
    } else if (tag === SPAN_EVENT_TAG || tag === SPAN_LINK_TAG || tag === SPAN_STATUS_TAG) {
      const inner = tag === SPAN_EVENT_TAG ? eventParts : tag === SPAN_LINK_TAG ? linkParts : statusParts;
      const found = inner(bytes, position, position + next);
      if (found === BROKEN || (tag === SPAN_STATUS_TAG && hasStatus)) return BROKEN;
      hasStatus ||= tag === SPAN_STATUS_TAG;
      parts += found;
    } else if (tag !== SPAN_NAME_TAG && tag !== SPAN_TRACE_STATE_TAG) return BROKEN;
    position += next;
  }
  return position === end && parts <= MAX_ITEM_PARTS ? parts : BROKEN;
}

function eventParts(bytes: Uint8Array, from: number, end: number): number {
  let parts = 0;
  let position = from;
  while (position < end) {
    const tag = bytes[position++]!;
    if (tag === EVENT_TIME_TAG) {
      position += 8;
      continue;
    }
    const length = bytes[position++]!;
    if (length > 127 || (tag === EVENT_ATTRIBUTE_TAG && !isPlain(bytes, position, position + length))) return BROKEN;
    if (tag !== EVENT_ATTRIBUTE_TAG && tag !== EVENT_NAME_TAG) return BROKEN;
    parts++;
    position += length;
  }
  return position === end ? parts : BROKEN;
}

/** Its ids alone, and its flags. */
function linkParts(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] !== LINK_TRACE_ID_TAG || bytes[from + 1] !== TRACE_ID_BYTES) return BROKEN;
  const spanId = from + 2 + TRACE_ID_BYTES;
  if (bytes[spanId] !== LINK_SPAN_ID_TAG || bytes[spanId + 1] !== SPAN_ID_BYTES) return BROKEN;
  const idsEnd = spanId + 2 + SPAN_ID_BYTES;
  return end === idsEnd || (end === idsEnd + 5 && bytes[idsEnd] === LINK_FLAGS_TAG) ? 2 : BROKEN;
}

function statusParts(bytes: Uint8Array, from: number, end: number): number {
  let parts = 0;
  let position = from;
  while (position < end) {
    const tag = bytes[position++]!;
    const next = bytes[position++]!;
    if (next > 127 || (tag !== STATUS_MESSAGE_TAG && tag !== STATUS_CODE_TAG)) return BROKEN;
    if (tag === STATUS_MESSAGE_TAG) position += next;
    parts++;
  }
  return position === end ? parts : BROKEN;
}

/** A LogRecord whose body is a string. */
export function countPlainRecord(bytes: Uint8Array, from: number, end: number): number {
  let parts = 0;
  let hasBody = false;
  let position = from;
  while (position < end) {
    const tag = bytes[position++]!;
    if (tag === LOG_TIME_TAG || tag === LOG_OBSERVED_TAG) {
      position += 8;
      continue;
    }
    if (tag === LOG_FLAGS_TAG) {
      position += 4;
      continue;
    }
    parts++;
    const next = bytes[position++]!;
    if (next > 127) return BROKEN;
    if (tag === LOG_SEVERITY_TAG || tag === LOG_DROPPED_TAG) continue;
    if (tag === LOG_ATTRIBUTE_TAG) {
      if (!isPlain(bytes, position, position + next)) return BROKEN;
    } else if (tag === LOG_BODY_TAG) {
      if (hasBody || bytes[position] !== STRING_VALUE_TAG || bytes[position + 1]! + 2 !== next) return BROKEN;
      parts++;
      hasBody = true;
    } else if (tag === LOG_TRACE_ID_TAG) {
      if (next !== 0 && next !== TRACE_ID_BYTES) return BROKEN;
    } else if (tag === LOG_SPAN_ID_TAG) {
      if (next !== 0 && next !== SPAN_ID_BYTES) return BROKEN;
    } else if (tag !== LOG_SEVERITY_TEXT_TAG) return BROKEN;
    position += next;
  }
  return position === end && parts <= MAX_ITEM_PARTS ? parts : BROKEN;
}

/** The attributes, which are its parts, of a NumberDataPoint that has a finite value, times and plain attributes. */
export function countPlainPoint(bytes: Uint8Array, from: number, end: number): number {
  let attributes = 0;
  let hasValue = false;
  let position = from;
  while (position < end) {
    const tag = bytes[position++]!;
    if (tag === POINT_ATTRIBUTE_TAG) {
      const start = position + 1;
      const attributeEnd = start + bytes[position]!;
      if (attributeEnd > end || !isPlain(bytes, start, attributeEnd)) return BROKEN;
      attributes++;
      position = attributeEnd;
      continue;
    }
    if (tag === POINT_DOUBLE_TAG) {
      if (!isFiniteDouble(bytes, position)) return BROKEN;
      hasValue = true;
    } else if (tag === POINT_INTEGER_TAG) hasValue = true;
    else if (tag !== POINT_START_TAG && tag !== POINT_TIME_TAG) return BROKEN;
    position += 8;
  }
  return position === end && hasValue && attributes <= MAX_ITEM_PARTS ? attributes : BROKEN;
}

/**
 * Whether a KeyValue is exactly a key and a string, boolean or integer, each length in one byte: nearly all attributes
 * are, and this spares them two calls of `walk`.
 */
export function isPlain(bytes: Uint8Array, from: number, end: number): boolean {
  if (end - from > 127 || bytes[from] !== KEY_TAG || bytes[from + 1] === 0) return false;
  const value = from + 2 + bytes[from + 1]!;
  if (value + 4 > end || bytes[value] !== VALUE_TAG || value + 2 + bytes[value + 1]! !== end) return false;
  const tag = bytes[value + 2]!;
  if (tag === STRING_VALUE_TAG) return value + 4 + bytes[value + 3]! === end;
  return (tag === INT_VALUE_TAG || tag === BOOL_VALUE_TAG) && skipVarint(bytes, value + 3, end) === end;
}

const SPAN_TRACE_ID_TAG = 0x0a;
const SPAN_ID_TAG = 0x12;
const SPAN_TRACE_STATE_TAG = 0x1a;
const SPAN_PARENT_TAG = 0x22;
const SPAN_NAME_TAG = 0x2a;
const SPAN_KIND_TAG = 0x30;
const SPAN_START_TAG = 0x39;
const SPAN_END_TAG = 0x41;
const SPAN_ATTRIBUTE_TAG = 0x4a;
const SPAN_DROPPED_ATTRIBUTES_TAG = 0x50;
const SPAN_STATUS_TAG = 0x7a;
const SPAN_EVENT_TAG = 0x5a;
const SPAN_LINK_TAG = 0x6a;
const STATUS_MESSAGE_TAG = 0x12;
const STATUS_CODE_TAG = 0x18;
const EVENT_TIME_TAG = 0x09;
const EVENT_NAME_TAG = 0x12;
const EVENT_ATTRIBUTE_TAG = 0x1a;
const LINK_TRACE_ID_TAG = 0x0a;
const LINK_SPAN_ID_TAG = 0x12;
const LINK_FLAGS_TAG = 0x35;
const SPAN_FLAGS_TAG = 0x85;
const SPAN_FLAGS_TAG_END = 0x01;

const LOG_TIME_TAG = 0x09;
const LOG_SEVERITY_TAG = 0x10;
const LOG_SEVERITY_TEXT_TAG = 0x1a;
const LOG_BODY_TAG = 0x2a;
const LOG_ATTRIBUTE_TAG = 0x32;
const LOG_DROPPED_TAG = 0x38;
const LOG_FLAGS_TAG = 0x45;
const LOG_TRACE_ID_TAG = 0x4a;
const LOG_SPAN_ID_TAG = 0x52;
const LOG_OBSERVED_TAG = 0x59;

const POINT_START_TAG = 0x11;
const POINT_TIME_TAG = 0x19;
const POINT_DOUBLE_TAG = 0x21;
const POINT_INTEGER_TAG = 0x31;
const POINT_ATTRIBUTE_TAG = 0x3a;

const KEY_TAG = 0x0a;
const VALUE_TAG = 0x12;
const STRING_VALUE_TAG = 0x0a;
const BOOL_VALUE_TAG = 0x10;
const INT_VALUE_TAG = 0x18;
