import type { AttributeValue } from '../../shared/redaction/attribute-value';
import type { WireReader } from '../wire/wire-reader';

const KEY_TAG = 0x0a;
const VALUE_TAG = 0x12;
const STRING_TAG = 0x0a;
const BOOL_TAG = 0x10;
const INT_TAG = 0x18;
const DOUBLE_TAG = 0x21;
const ARRAY_TAG = 0x2a;
const MAP_TAG = 0x32;
const BYTES_TAG = 0x3a;
/** `values` of ArrayValue and KeyValueList. */
const VALUES_TAG = 0x0a;

/** The key of a KeyValue, and where its AnyValue stands (empty when it has none). */
export interface ReadAttribute {
  readonly key: string;
  readonly valueFrom: number;
  readonly valueEnd: number;
}

/** Reads the KeyValue from the reader's position up to `end`. */
export function readAttribute(reader: WireReader, end: number): ReadAttribute {
  let key = '';
  let valueFrom = end;
  let valueEnd = end;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === KEY_TAG) key = readText(reader);
    else if (tag === VALUE_TAG) {
      valueEnd = reader.blockEnd();
      valueFrom = reader.position;
      reader.position = valueEnd;
    } else reader.skip(tag & 7);
  }
  return { key, valueFrom, valueEnd };
}

/** Reads the AnyValue from the reader's position up to `end`. */
export function readValue(reader: WireReader, end: number): AttributeValue {
  let value: AttributeValue = null;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === STRING_TAG) value = readText(reader);
    else if (tag === BOOL_TAG) value = reader.varint() !== 0;
    else if (tag === INT_TAG) value = reader.int64();
    else if (tag === DOUBLE_TAG) {
      value = reader.view.getFloat64(reader.position, true);
      reader.position += 8;
    } else if (tag === ARRAY_TAG) value = readList(reader, reader.blockEnd());
    else if (tag === MAP_TAG) value = readMap(reader, reader.blockEnd());
    else if (tag === BYTES_TAG) {
      const bytesEnd = reader.blockEnd();
      value = reader.bytes.subarray(reader.position, bytesEnd);
      reader.position = bytesEnd;
    } else reader.skip(tag & 7);
  }
  return value;
}

function readList(reader: WireReader, end: number): AttributeValue[] {
  const list: AttributeValue[] = [];
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === VALUES_TAG) list.push(readValue(reader, reader.blockEnd()));
    else reader.skip(tag & 7);
  }
  return list;
}

function readMap(reader: WireReader, end: number): { [key: string]: AttributeValue } {
  const entries: [string, AttributeValue][] = [];
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag !== VALUES_TAG) {
      reader.skip(tag & 7);
      continue;
    }
    const entryEnd = reader.blockEnd();
    const { key, valueFrom, valueEnd } = readAttribute(reader, entryEnd);
    reader.position = valueFrom;
    entries.push([key, readValue(reader, valueEnd)]);
    reader.position = entryEnd;
  }
  return Object.fromEntries(entries);
}

function readText(reader: WireReader): string {
  const end = reader.blockEnd();
  const text = Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, end - reader.position);
  reader.position = end;
  return text.toString('utf8');
}
