import { MAX_VALUE_DEPTH } from '../../wire/descriptors';
import { eachBlock } from '../../wire/each-block';
import { BROKEN, countVarints, skipVarint, smallVarint } from '../../wire/scan-varint';
import type { Signal } from '../../wire/signal';
import { isSpanId, isTraceId } from '../../wire/valid-ids';
import {
  ACTION_MASK,
  INTO_MESSAGE,
  NOTE_SHIFT,
  ONE_FIXED64,
  ONE_VARINT,
  PACKED_FIXED64,
  PACKED_VARINTS,
  REFUSE,
  ROLE_NUMBER,
  SKIP_FIXED32,
  SKIP_FIXED64,
  SKIP_VARINT,
  TABLES,
  TAGS,
  unknownAction,
} from '../../wire/walk-tables';
import { countPlainPoint, countPlainRecord, countPlainSpan, isPlain } from './plain-items';
import type { Rejection } from './rejection';
import { RequestCheck, type RequestFault } from './request-check';
import { MAX_ITEM_PARTS, MAX_REQUEST_ITEMS, MAX_REQUEST_PARTS } from './request-limits';

export interface ValidRequest {
  /** Spans, log records or data points, the rejected ones included. */
  readonly items: number;
  readonly rejected: number;
  /** Fields with a length, varints, and buckets: what decoding costs. */
  readonly parts: number;
  /** A message that stands in another came in pieces: see `mergePieces`. */
  readonly isInPieces: boolean;
  /** Why items are rejected, and warnings of others; by reason. */
  readonly rejections: readonly Rejection[];
}

/**
 * Checks the structure of an Export…ServiceRequest against the descriptors and counts its items, without making an
 * object per item. What the store would not keep is rejected alone: a span without valid ids, a data point that cannot be
 * a sample. Text is not checked: invalid UTF-8 is replaced when it is stored. `undecodable`: not protobuf, a field of
 * another type than OTLP's, or values nested deeper than `MAX_VALUE_DEPTH`. The other faults are
 * the bounds of `request-limits.ts`: what is over one is not walked to its end.
 */
export function validateRequest(signal: Signal, request: Uint8Array): ValidRequest | RequestFault {
  const check = new RequestCheck(request);
  const end = walk(request, TABLES.requests[signal], 0, request.length, 0, check);
  if (end === BROKEN) return check.fault;
  const rejections = check.rejections();
  return { items: check.items, rejected: check.rejected, parts: check.parts, isInPieces: check.isInPieces, rejections };
}

const { actions, notedActions, singles, references, roles, isItem, anyValue, keyValue, span, metric, resource } =
  TABLES;
const SPAN_TRACE_ID_TAG = 0x0a;
const SPAN_SPAN_ID_TAG = 0x12;

/** Walks one message; returns its end, or BROKEN. */
function walk(
  bytes: Uint8Array,
  message: number,
  from: number,
  end: number,
  depth: number,
  check: RequestCheck,
): number {
  const partsBefore = check.parts;
  let parts = 0;
  if (isItem[message] === 1 && ++check.items > MAX_REQUEST_ITEMS) return stop(check, 'too-many-items');
  let traceId = 0;
  let traceIdLength = 0;
  let spanId = 0;
  let spanIdLength = 0;
  let seen = 0;
  let lacksReference = false;
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
      // Two bytes a field, also of one that is not known, and millions of them fit into one message.
      if (++parts > MAX_REQUEST_PARTS) break;
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
    if (++parts > MAX_REQUEST_PARTS) break;
    if (action >= INTO_MESSAGE) {
      const child = action - INTO_MESSAGE;
      if (child === keyValue && isPlain(bytes, position, fieldEnd)) {
        position = fieldEnd;
        continue;
      }
      if (isItem[child] === 1 && check.items < MAX_REQUEST_ITEMS) {
        const plain = countPlainItem(bytes, child, position, fieldEnd);
        if (plain !== BROKEN) {
          check.items++;
          check.parts += plain;
          position = fieldEnd;
          continue;
        }
      }
      if (singles[message * TAGS + tag] === 1) {
        const bit = 1 << (tag >> 3);
        if ((seen & bit) !== 0) check.isInPieces = true;
        seen |= bit;
      }
      const childDepth = child === anyValue ? depth + 1 : depth;
      if (childDepth > MAX_VALUE_DEPTH) return BROKEN;
      if (child === resource) check.beginResource(position, fieldEnd);
      // The next of the request's resources, which may have no description.
      else if (from === 0) check.beginResource(0, 0);
      const childEnd =
        child === metric
          ? walkMetric(bytes, child, position, fieldEnd, check)
          : walk(bytes, child, position, fieldEnd, childDepth, check);
      if (childEnd === BROKEN) return BROKEN;
    } else if (action === PACKED_VARINTS) {
      if (countVarints(bytes, position, fieldEnd) === BROKEN) return BROKEN;
      parts += length;
    } else if (action === PACKED_FIXED64) {
      if (length % 8 !== 0) return BROKEN;
      parts += length >> 3;
    } else if (message === span && tag === SPAN_TRACE_ID_TAG) {
      traceId = position;
      traceIdLength = length;
    } else if (message === span && tag === SPAN_SPAN_ID_TAG) {
      spanId = position;
      spanIdLength = length;
    } else if (tag < TAGS && length !== 0) {
      const bytesOfId = references[message * TAGS + tag]!;
      if (bytesOfId !== 0 && bytesOfId !== length) lacksReference = true;
    }
    position = fieldEnd;
  }
  check.parts += parts;
  if (check.parts > MAX_REQUEST_PARTS) return stop(check, 'too-many-parts');
  if (position !== end) return BROKEN;
  if (isItem[message] === 1 && check.parts - partsBefore > MAX_ITEM_PARTS) return stop(check, 'item-too-large');
  if (lacksReference) check.leaveOutReference();
  if (message === span && !(isTraceId(bytes, traceId, traceIdLength) && isSpanId(bytes, spanId, spanIdLength))) {
    check.rejectSpan();
  }
  return end;
}

/**
 * Walks a metric, its data, a data point or buckets, as `walk` does, and shows the check what rules whether points are
 * kept. A function of its own: spans and log records are not to pay for it.
 */
function walkMetric(bytes: Uint8Array, message: number, from: number, end: number, check: RequestCheck): number {
  const role = roles[message]!;
  const isPoint = role >= ROLE_NUMBER;
  const partsBefore = check.parts;
  if (isPoint && check.items >= MAX_REQUEST_ITEMS) return stop(check, 'too-many-items');
  if (isPoint) check.beginPoint();
  else check.begin(role);
  let position = from;
  while (position < end) {
    let tag = bytes[position++]!;
    if (tag >= 128) {
      const tagEnd = skipVarint(bytes, position, end);
      tag = smallVarint(bytes, position - 1, tagEnd);
      if (tagEnd === BROKEN || tag === BROKEN) return BROKEN;
      position = tagEnd;
    }
    const entry = tag < TAGS ? notedActions[message * TAGS + tag]! : unknownAction(tag & 7);
    const action = entry & ACTION_MASK;
    const note = entry >>> NOTE_SHIFT;
    const start = position;
    if (action === SKIP_FIXED64 || action === SKIP_FIXED32 || action === ONE_FIXED64) {
      position += action === SKIP_FIXED32 ? 4 : 8;
      if (action === ONE_FIXED64) check.parts++;
      if (position > end) return BROKEN;
      if (note !== 0) check.note(note, tag, start, position);
      continue;
    }
    if (action === REFUSE) return BROKEN;
    if (action === SKIP_VARINT || action === ONE_VARINT) {
      position = skipVarint(bytes, position, end);
      if (position === BROKEN) return BROKEN;
      if (++check.parts > MAX_REQUEST_PARTS) return stop(check, 'too-many-parts');
      if (note !== 0) check.note(note, tag, start, position);
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
    if (++check.parts > MAX_REQUEST_PARTS) return stop(check, 'too-many-parts');
    if (action >= INTO_MESSAGE) {
      const child = action - INTO_MESSAGE;
      if (child === keyValue) {
        if (!isPlain(bytes, position, fieldEnd)) {
          if (walk(bytes, child, position, fieldEnd, 0, check) === BROKEN) return BROKEN;
          if (isPoint && !hasKey(bytes, position, fieldEnd)) check.hasNoKey = true;
        }
      } else if (roles[child] === 0) {
        if (walk(bytes, child, position, fieldEnd, 0, check) === BROKEN) return BROKEN;
      } else {
        if (note !== 0) check.note(note, tag, position, fieldEnd);
        const attributes = roles[child] === ROLE_NUMBER ? countPlainPoint(bytes, position, fieldEnd) : BROKEN;
        if (attributes !== BROKEN && check.items < MAX_REQUEST_ITEMS) check.keepPoint(attributes);
        else if (walkMetric(bytes, child, position, fieldEnd, check) === BROKEN) return BROKEN;
      }
    } else if (action === PACKED_VARINTS) {
      if (countVarints(bytes, position, fieldEnd) === BROKEN) return BROKEN;
      check.parts += length;
      if (note !== 0) check.note(note, tag, position, fieldEnd);
    } else {
      if (action === PACKED_FIXED64) {
        if (length % 8 !== 0) return BROKEN;
        check.parts += length >> 3;
      }
      if (note !== 0) check.note(note, tag, position, fieldEnd);
    }
    position = fieldEnd;
  }
  if (position !== end) return BROKEN;
  if (isPoint && check.parts - partsBefore > MAX_ITEM_PARTS) return stop(check, 'item-too-large');
  if (isPoint) check.endPoint(role);
  else check.end(role);
  return end;
}

function stop(check: RequestCheck, fault: RequestFault): number {
  check.fault = fault;
  return BROKEN;
}

function countPlainItem(bytes: Uint8Array, message: number, from: number, end: number): number {
  return message === span ? countPlainSpan(bytes, from, end) : countPlainRecord(bytes, from, end);
}

/** Whether a KeyValue message, walked before, has a key of any length: the last one counts. */
function hasKey(bytes: Uint8Array, from: number, end: number): boolean {
  let length = 0;
  eachBlock(bytes, from, end, (field, start, fieldEnd) => {
    if (field === KEY_FIELD) length = fieldEnd - start;
  });
  return length > 0;
}

const KEY_FIELD = 1;
