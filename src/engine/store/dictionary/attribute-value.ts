import type { WireReader } from '../../wire/wire-reader';
import type { AttributeKind } from '../reader/reader';
import { cutJson } from './cut-json';

/** Longer texts are cut between two characters; `originalBytes` then tells the length that came. */
export const MAX_TEXT_BYTES = 1024 * 1024;
/** Longer keys are cut as well. */
const MAX_KEY_BYTES = 64 * 1024;

export interface AttributeValue {
  kind: AttributeKind;
  text: string;
  /** NaN where the kind has no number. */
  number: number;
  /** 0 where nothing was cut; else how many bytes of UTF-8 (of kind 7: bytes) the whole is. */
  originalBytes: number;
}

/** `keyBytes`: 0 where the key is whole, else its length. */
export type KeyedValue = AttributeValue & { key: string; keyBytes: number };

const EMPTY: AttributeValue = { kind: 0, text: '', number: Number.NaN, originalBytes: 0 };

/** Decodes the protobuf KeyValue message at [start, end). */
export function decodeKeyValue(reader: WireReader, start: number, end: number): KeyedValue {
  let key = '';
  let keyBytes = 0;
  let value = EMPTY;
  reader.position = start;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) {
      const keyEnd = reader.blockEnd();
      const kept = textEnd(reader.bytes, reader.position, keyEnd, MAX_KEY_BYTES);
      key = decodeText(reader.bytes, reader.position, kept);
      keyBytes = kept === keyEnd ? 0 : keyEnd - reader.position;
      reader.position = keyEnd;
    } else if (tag === 0x12) {
      const valueEnd = reader.blockEnd();
      value = decodeAnyValue(reader, valueEnd);
      reader.position = valueEnd;
    } else reader.skip(tag & 7);
  }
  return { key, keyBytes, ...value };
}

/** Decodes the AnyValue message from the reader's position to `end`. */
export function decodeAnyValue(reader: WireReader, end: number): AttributeValue {
  let value = EMPTY;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) {
      const blockEnd = reader.blockEnd();
      value = textValue(reader, reader.position, blockEnd);
      reader.position = blockEnd;
    } else if (tag === 0x10) value = { ...EMPTY, kind: 2, text: reader.varint() === 0 ? 'false' : 'true' };
    else if (tag === 0x18) {
      const integer = reader.int64();
      value = { ...EMPTY, kind: 3, text: integer.toString(), number: Number(integer) };
    } else if (tag === 0x21) {
      const double = reader.view.getFloat64(reader.position, true);
      reader.position += 8;
      value = { ...EMPTY, kind: 4, text: String(double), number: double };
    } else if (tag === 0x2a || tag === 0x32) {
      const blockEnd = reader.blockEnd();
      const json = tag === 0x2a ? decodeArray(reader, blockEnd) : decodeKeyValueList(reader, blockEnd);
      value = structure(tag === 0x2a ? 5 : 6, json);
      reader.position = blockEnd;
    } else if (tag === 0x3a) {
      const bytesEnd = reader.blockEnd();
      value = bytesValue(reader, bytesEnd);
      reader.position = bytesEnd;
    } else reader.skip(tag & 7);
  }
  return value;
}

/** UTF-8 to text; what is not UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/** Where a text is to end that may have so many bytes: never inside a character. */
export function textEnd(bytes: Uint8Array, start: number, end: number, maxBytes: number): number {
  if (end - start <= maxBytes) return end;
  let cutAt = start + maxBytes;
  // What is no UTF-8 may go on like this; a character has four bytes at most.
  for (let back = 0; back < 3 && (bytes[cutAt]! & 0xc0) === 0x80; back++) cutAt--;
  return cutAt;
}

function textValue(reader: WireReader, start: number, end: number): AttributeValue {
  const kept = textEnd(reader.bytes, start, end, MAX_TEXT_BYTES);
  const originalBytes = kept === end ? 0 : end - start;
  return { ...EMPTY, kind: 1, text: decodeText(reader.bytes, start, kept), originalBytes };
}

/** Base64 has four characters for three bytes. */
function bytesValue(reader: WireReader, end: number): AttributeValue {
  const start = reader.position;
  const kept = Math.min(end, start + Math.floor(MAX_TEXT_BYTES / 4) * 3);
  const text = Buffer.from(reader.bytes.subarray(start, kept)).toString('base64');
  return { ...EMPTY, kind: 7, text, originalBytes: kept === end ? 0 : end - start };
}

function structure(kind: 5 | 6, json: string): AttributeValue {
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_TEXT_BYTES) return { ...EMPTY, kind, text: json };
  return { ...EMPTY, kind, text: cutJson(json, MAX_TEXT_BYTES), originalBytes: bytes };
}

// JSON is written while decoding: values may nest deeper than a recursive JSON.stringify of objects could go.
function decodeArray(reader: WireReader, end: number): string {
  const elements: string[] = [];
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) elements.push(decodeJson(reader, reader.blockEnd()));
    else reader.skip(tag & 7);
  }
  return `[${elements.join(',')}]`;
}

function decodeKeyValueList(reader: WireReader, end: number): string {
  const members: string[] = [];
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) members.push(decodeMember(reader, reader.blockEnd()));
    else reader.skip(tag & 7);
  }
  return `{${members.join(',')}}`;
}

function decodeMember(reader: WireReader, end: number): string {
  let key = '';
  let value = 'null';
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) {
      const keyEnd = reader.blockEnd();
      key = decodeText(reader.bytes, reader.position, keyEnd);
      reader.position = keyEnd;
    } else if (tag === 0x12) value = decodeJson(reader, reader.blockEnd());
    else reader.skip(tag & 7);
  }
  return `${JSON.stringify(key)}:${value}`;
}

function decodeJson(reader: WireReader, end: number): string {
  let json = 'null';
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x2a) json = decodeArray(reader, reader.blockEnd());
    else if (tag === 0x32) json = decodeKeyValueList(reader, reader.blockEnd());
    else if (tag === 0x0a || tag === 0x3a) {
      const blockEnd = reader.blockEnd();
      const bytes = reader.bytes.subarray(reader.position, blockEnd);
      json = JSON.stringify(Buffer.from(bytes).toString(tag === 0x0a ? 'utf8' : 'base64'));
      reader.position = blockEnd;
    } else if (tag === 0x10) json = reader.varint() === 0 ? 'false' : 'true';
    else if (tag === 0x18) json = reader.int64().toString();
    else if (tag === 0x21) {
      const double = reader.view.getFloat64(reader.position, true);
      json = jsonOfDouble(double);
      reader.position += 8;
    } else reader.skip(tag & 7);
  }
  reader.position = end;
  return json;
}

/** A double stays one where it has no fraction; what JSON has no number for is text. */
function jsonOfDouble(double: number): string {
  if (!Number.isFinite(double)) return `"${double}"`;
  const text = Object.is(double, -0) ? '-0' : String(double);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
