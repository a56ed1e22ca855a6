import { createHash } from 'node:crypto';
import type { ForwardConfig } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import { compileRedaction as compileRules, type Redaction } from '../../shared/redaction/compile-redaction';
import type { Signal } from '../wire/signal';
import { INTO_MESSAGE, TABLES, TAGS } from '../wire/walk-tables';
import { WireReader } from '../wire/wire-reader';
import { encodeFieldHead } from './encode-field-head';
import type { RedactRequest } from './pack-request';
import { readAttribute, readValue } from './read-attribute';

/** Null when no rule is enabled: requests then leave as they came. Problem: `redaction-rule-invalid`. */
export function compileRedaction(rules: ForwardConfig['redaction']): RedactRequest | null | { problem: Problem } {
  const redaction = compileRules(rules, (text) => createHash('sha256').update(text).digest('hex'));
  if ('kind' in redaction) return { problem: redaction };
  if (!rules.some(({ enabled }) => enabled)) return null;
  return (signal, request) => redactRequest(redaction, signal, request);
}

/** Stretches of bytes that follow one another. */
export interface Pieces {
  readonly parts: Uint8Array[];
  length: number;
}

/**
 * Applies rules to the attributes of every part of a checked request, and to log lines. What no rule changes, fields
 * that OTLP does not know among it, is taken over byte for byte.
 */
function redactRequest(redaction: Redaction, signal: Signal, request: Uint8Array): Uint8Array {
  const reader = new WireReader(request);
  const rewritten = rewriteMessage(redaction, reader, TABLES.requests[signal], request.length);
  return rewritten ? Buffer.concat(rewritten.parts, rewritten.length) : request;
}

/** Rewrites the message from the reader's position up to `end`; null when nothing changes. */
export function rewriteMessage(redaction: Redaction, reader: WireReader, message: number, end: number): Pieces | null {
  let pieces: Pieces | null = null;
  let copied = reader.position;
  while (reader.position < end) {
    const fieldStart = reader.position;
    const tag = reader.varint();
    const action = tag < TAGS ? TABLES.actions[message * TAGS + tag]! : 0;
    if (action < INTO_MESSAGE) {
      reader.skip(tag & 7);
      continue;
    }
    const fieldEnd = reader.blockEnd();
    const child = action - INTO_MESSAGE;
    // Values are met here in log records alone: those of attributes are not entered.
    const changed =
      child === TABLES.keyValue
        ? redactAttribute(redaction, reader, fieldEnd)
        : child === TABLES.anyValue
          ? redactLine(redaction, reader, fieldEnd)
          : rewriteMessage(redaction, reader, child, fieldEnd);
    reader.position = fieldEnd;
    if (!changed) continue;
    pieces ??= { parts: [], length: 0 };
    add(pieces, reader.bytes.subarray(copied, fieldStart));
    if (changed !== DROPPED) {
      add(pieces, encodeFieldHead(tag, changed.length));
      for (const part of changed.parts) add(pieces, part);
    }
    copied = fieldEnd;
  }
  if (pieces) add(pieces, reader.bytes.subarray(copied, end));
  return pieces;
}

const DROPPED: Pieces = { parts: [], length: 0 };

function redactAttribute(redaction: Redaction, reader: WireReader, end: number): Pieces | null {
  const { key, valueFrom, valueEnd } = readAttribute(reader, end);
  const apply = redaction.ofAttribute(key);
  if (!apply) return null;
  reader.position = valueFrom;
  const before = readValue(reader, valueEnd);
  const after = apply(before);
  if (after === undefined) return DROPPED;
  if (after === before) return null;
  const value = stringValue(String(after));
  const name = Buffer.from(key);
  const pieces: Pieces = { parts: [], length: 0 };
  add(pieces, encodeFieldHead(KEY_TAG, name.length));
  add(pieces, name);
  add(pieces, encodeFieldHead(VALUE_TAG, value.length));
  for (const part of value.parts) add(pieces, part);
  return pieces;
}

function redactLine({ ofLogLine, ofOtherBody }: Redaction, reader: WireReader, end: number): Pieces | null {
  if (!ofLogLine && !ofOtherBody) return null;
  const before = readValue(reader, end);
  if (typeof before !== 'string') return ofOtherBody && before !== null ? stringValue(ofOtherBody()) : null;
  if (!ofLogLine) return null;
  const after = ofLogLine(before);
  return after === before ? null : stringValue(after);
}

const KEY_TAG = 0x0a;
const VALUE_TAG = 0x12;
const STRING_VALUE_TAG = 0x0a;

/** An AnyValue. */
function stringValue(text: string): Pieces {
  const bytes = Buffer.from(text);
  const pieces: Pieces = { parts: [], length: 0 };
  add(pieces, encodeFieldHead(STRING_VALUE_TAG, bytes.length));
  add(pieces, bytes);
  return pieces;
}

function add(pieces: Pieces, part: Uint8Array): void {
  if (part.length === 0) return;
  pieces.parts.push(part);
  pieces.length += part.length;
}
