import { createHash } from 'node:crypto';
import { ByteTable, hashBytes } from '../../wire/byte-table';
import { WireReader } from '../../wire/wire-reader';
import type { IdListColumn } from '../duck/column';
import type { StoredAttribute, StoredResource, StoredScope } from '../reader/reader';
import type { WaitingRows } from '../tables/waiting-rows';
import { decodeKeyValue, decodeText, type KeyedValue, MAX_TEXT_BYTES, textEnd } from './attribute-value';
import { markCutKey, markCutValue } from './cut-marks';
import { markSentTime } from './mark-sent-time';

/** The next free id of each dictionary. */
export interface DictionaryIds {
  string: number;
  attribute: number;
  resource: number;
  scope: number;
}

/** More attributes of one item are cut and counted as dropped. */
export const MAX_ATTRIBUTES = 1024;

const NOTHING = new WireReader(new Uint8Array(0));
const EMPTY_HASH = hashBytes(NOTHING.bytes, NOTHING.view, 0, 0);
const MAX_ENTRIES = 500_000;
const MAX_ARENA_BYTES = 48 * 1024 * 1024;
/** Longer messages are known by their digest: few come twice, and those that do shall not fill the memory. */
const MAX_KEPT_BYTES = 4096;
/** No protobuf message begins with it. */
const DIGEST_MARK = 0x07;

/**
 * Gives ids to strings, attributes, resources and scopes by their raw protobuf bytes; new ones become waiting rows.
 * A generation that has grown over its bound is to be followed by a fresh one between two requests (`startGeneration`).
 */
export class Dictionary {
  readonly resources = new Map<number, StoredResource>();
  readonly scopes = new Map<number, StoredScope>();
  private strings = new ByteTable();
  private attributes = new ByteTable();
  private resourceTable = new ByteTable(64);
  private scopeTable = new ByteTable(64);
  private first: DictionaryIds;
  /** Of attributes that were cut: the one that says so. */
  private marks = new Map<number, number>();
  private hasMarks = false;

  constructor(
    private readonly rows: WaitingRows,
    next: DictionaryIds,
  ) {
    this.first = next;
  }

  nextIds(): DictionaryIds {
    return {
      string: this.first.string + this.strings.size,
      attribute: this.first.attribute + this.attributes.size,
      resource: this.first.resource + this.resourceTable.size,
      scope: this.first.scope + this.scopeTable.size,
    };
  }

  isFull(): boolean {
    const entries = this.strings.size + this.attributes.size + this.resourceTable.size + this.scopeTable.size;
    const bytes =
      this.strings.byteLength + this.attributes.byteLength + this.resourceTable.byteLength + this.scopeTable.byteLength;
    return entries > MAX_ENTRIES || bytes > MAX_ARENA_BYTES;
  }

  startGeneration(): void {
    this.first = this.nextIds();
    this.strings = new ByteTable();
    this.attributes = new ByteTable();
    this.resourceTable = new ByteTable(64);
    this.scopeTable = new ByteTable(64);
    this.marks = new Map();
    this.hasMarks = false;
  }

  /** Keeps only these resources and scopes, and what is new since the generation began. */
  forget(resources: ReadonlySet<number>, scopes: ReadonlySet<number>): void {
    for (const id of this.resources.keys()) {
      if (id < this.first.resource && !resources.has(id)) this.resources.delete(id);
    }
    for (const id of this.scopes.keys()) {
      if (id < this.first.scope && !scopes.has(id)) this.scopes.delete(id);
    }
  }

  /** Id of the UTF-8 string at [start, end), of its beginning where it is too long; 0 when it is empty. */
  stringId(reader: WireReader, start: number, whole: number): number {
    if (start === whole) return 0;
    const end = textEnd(reader.bytes, start, whole, MAX_TEXT_BYTES);
    const known = this.strings.size;
    const index = this.strings.index(reader.bytes, reader.view, start, end);
    const id = this.first.string + index;
    if (index === known) {
      const rows = this.rows.strings;
      const row = rows.next();
      rows.columns.id.data[row] = id;
      rows.columns.value.set(row, decodeText(reader.bytes, start, end));
      rows.length++;
    }
    return id;
  }

  /** Hash of the bytes of a string that has its id from this generation. */
  stringHash(id: number): number {
    return id === 0 ? EMPTY_HASH : this.strings.hashAt(id - this.first.string);
  }

  /** Id of the protobuf KeyValue message at [start, end). Leaves the reader at `end`. */
  attributeId(reader: WireReader, start: number, end: number): number {
    const known = this.attributes.size;
    const index = this.attributeIndex(reader, start, end);
    const id = this.first.attribute + index;
    if (index === known) this.addAttribute(decodeKeyValue(reader, start, end), id);
    reader.position = end;
    return id;
  }

  /** Adds the id of a KeyValue message to a row's, and of one that says so where it was cut. Leaves the reader at `end`. */
  pushAttribute(ids: IdListColumn, reader: WireReader, start: number, end: number): void {
    const id = this.attributeId(reader, start, end);
    ids.push(id);
    if (!this.hasMarks) return;
    for (let mark = this.marks.get(id); mark !== undefined; mark = this.marks.get(mark)) ids.push(mark);
  }

  /** Adds to a row's attributes how long the whole of a field is that was cut; 0: it was not. */
  pushMark(ids: IdListColumn, field: string, originalBytes: number): void {
    if (originalBytes > 0) ids.push(this.markId(markCutValue(field, originalBytes)));
  }

  /** Adds to a row's attributes the time it came with, where that cannot be right. Nanoseconds. */
  pushSentTime(ids: IdListColumn, sentNs: bigint): void {
    ids.push(this.markId(markSentTime(sentNs)));
  }

  /** The length of a string that `stringId` cuts, else 0. */
  cutBytes(length: number): number {
    return length > MAX_TEXT_BYTES ? length : 0;
  }

  /** Id of the Resource message at [start, end) with the schema URL that its envelope names. */
  resourceId(reader: WireReader, start: number, end: number, urlStart: number, urlEnd: number): number {
    const key = joined(reader.bytes, start, end, urlStart, urlEnd);
    const known = this.resourceTable.size;
    const index = this.resourceTable.index(key.bytes, key.view, 0, key.bytes.length);
    const id = this.first.resource + index;
    if (index === known) this.addResource(reader, start, end, id, this.stringId(reader, urlStart, urlEnd));
    return id;
  }

  /** Id of the InstrumentationScope message at [start, end) with the schema URL that its envelope names. */
  scopeId(reader: WireReader, start: number, end: number, urlStart: number, urlEnd: number): number {
    if (start === end && urlStart === urlEnd) return 0;
    const key = joined(reader.bytes, start, end, urlStart, urlEnd);
    const known = this.scopeTable.size;
    const index = this.scopeTable.index(key.bytes, key.view, 0, key.bytes.length);
    const id = this.first.scope + index;
    if (index === known) this.addScope(reader, start, end, id, this.stringId(reader, urlStart, urlEnd));
    return id;
  }

  private attributeIndex(reader: WireReader, start: number, end: number): number {
    if (end - start <= MAX_KEPT_BYTES) return this.attributes.index(reader.bytes, reader.view, start, end);
    const digest = createHash('sha256').update(reader.bytes.subarray(start, end)).digest();
    const key = new WireReader(Buffer.concat([Buffer.of(DIGEST_MARK), digest]));
    return this.attributes.index(key.bytes, key.view, 0, key.bytes.length);
  }

  private addAttribute(value: KeyedValue, id: number): void {
    const { columns } = this.rows.attributes;
    const row = this.rows.attributes.next();
    columns.id.data[row] = id;
    columns.key.set(row, value.key);
    columns.kind.data[row] = value.kind;
    columns.text.set(row, value.text);
    columns.number.data[row] = value.number;
    columns.originalBytes.data[row] = value.originalBytes;
    this.rows.attributes.length++;
    let marked = id;
    for (const mark of marksOf(value)) {
      const next = this.markId(mark);
      this.marks.set(marked, next);
      this.hasMarks = true;
      marked = next;
    }
  }

  private markId(mark: WireReader): number {
    return this.attributeId(mark, 0, mark.bytes.length);
  }

  private addResource(reader: WireReader, start: number, end: number, id: number, schemaUrl: number): void {
    const rows = this.rows.resources;
    const row = rows.next();
    const attributes: StoredAttribute[] = [];
    let dropped = 0;
    reader.position = start;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x0a) dropped += this.takeAttribute(reader, attributes, rows.columns.attributes);
      else if (tag === 0x10) dropped += reader.varint();
      else reader.skip(tag & 7);
    }
    const service = attributes.find((attribute) => attribute.key === 'service.name')?.text || 'unknown_service';
    rows.columns.id.data[row] = id;
    rows.columns.service.data[row] = service;
    rows.columns.attributes.ends[row] = rows.columns.attributes.count;
    rows.columns.schemaUrl.data[row] = schemaUrl;
    rows.columns.dropped.data[row] = dropped;
    rows.length++;
    this.resources.set(id, { id, service, attributes, dropped });
  }

  private addScope(reader: WireReader, start: number, end: number, id: number, schemaUrl: number): void {
    const rows = this.rows.scopes;
    const row = rows.next();
    const attributes: StoredAttribute[] = [];
    let name = '';
    let version = '';
    let dropped = 0;
    reader.position = start;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x0a) name = readText(reader);
      else if (tag === 0x12) version = readText(reader);
      else if (tag === 0x1a) dropped += this.takeAttribute(reader, attributes, rows.columns.attributes);
      else if (tag === 0x20) dropped += reader.varint();
      else reader.skip(tag & 7);
    }
    rows.columns.id.data[row] = id;
    rows.columns.name.data[row] = name;
    rows.columns.version.data[row] = version;
    rows.columns.attributes.ends[row] = rows.columns.attributes.count;
    rows.columns.schemaUrl.data[row] = schemaUrl;
    rows.columns.dropped.data[row] = dropped;
    rows.length++;
    this.scopes.set(id, { id, name, version, attributes, dropped });
  }

  /** Answers how many attributes were dropped: 0 or 1. */
  private takeAttribute(reader: WireReader, attributes: StoredAttribute[], ids: IdListColumn): number {
    const end = reader.blockEnd();
    const start = reader.position;
    if (attributes.length >= MAX_ATTRIBUTES) {
      reader.position = end;
      return 1;
    }
    this.pushAttribute(ids, reader, start, end);
    const value = decodeKeyValue(reader, start, end);
    attributes.push(stored(value), ...marksOf(value).map((mark) => stored(decodeKeyValue(mark, 0, mark.bytes.length))));
    reader.position = end;
    return 0;
  }
}

function stored({ key, kind, text, number }: KeyedValue): StoredAttribute {
  return { key, kind, text, number: Number.isNaN(number) ? null : number };
}

function marksOf({ key, keyBytes, originalBytes }: KeyedValue): WireReader[] {
  return [
    ...(originalBytes > 0 ? [markCutValue(key, originalBytes)] : []),
    ...(keyBytes > 0 ? [markCutKey(key, keyBytes)] : []),
  ];
}

function readText(reader: WireReader): string {
  const end = reader.blockEnd();
  const text = decodeText(reader.bytes, reader.position, end);
  reader.position = end;
  return text;
}

function joined(bytes: Uint8Array, start: number, end: number, urlStart: number, urlEnd: number): WireReader {
  const key = new Uint8Array(end - start + 1 + urlEnd - urlStart);
  key.set(bytes.subarray(start, end));
  key.set(bytes.subarray(urlStart, urlEnd), end - start + 1);
  return new WireReader(key);
}
