import duckdb, { type LogicalType, type Vector } from '@duckdb/node-bindings';
import type { ColumnData } from '../reader/reader';

type Values = Exclude<ColumnData, readonly unknown[]>;

/** Typed arrays of DuckDB's fixed-width types, by type id. */
const ARRAYS = new Map<duckdb.Type, new (buffer: ArrayBuffer) => Values>([
  [duckdb.Type.BOOLEAN, Uint8Array],
  [duckdb.Type.UTINYINT, Uint8Array],
  [duckdb.Type.USMALLINT, Uint16Array],
  [duckdb.Type.UINTEGER, Uint32Array],
  [duckdb.Type.INTEGER, Int32Array],
  [duckdb.Type.UBIGINT, BigUint64Array],
  [duckdb.Type.BIGINT, BigInt64Array],
  [duckdb.Type.DOUBLE, Float64Array],
]);

/** Copies the first `count` values of a vector out of DuckDB's memory. NULL reads as null in text, else as 0 or []. */
export function readVector(vector: Vector, type: LogicalType, count: number): ColumnData {
  const typeId = duckdb.get_type_id(type);
  const array = ARRAYS.get(typeId);
  if (array) return new array(copyOf(vector, count * bytesOf(array)));
  switch (typeId) {
    case duckdb.Type.VARCHAR:
      return readTexts(vector, count);
    case duckdb.Type.LIST:
      return readLists(vector, duckdb.list_type_child_type(type), count) as ColumnData;
    case duckdb.Type.HUGEINT:
      return readHugeInts(vector, count);
    case duckdb.Type.FLOAT:
      return Float64Array.from(new Float32Array(copyOf(vector, count * 4)));
    case duckdb.Type.SMALLINT:
      return Int32Array.from(new Int16Array(copyOf(vector, count * 2)));
    case duckdb.Type.TINYINT:
      return Int32Array.from(new Int8Array(copyOf(vector, count)));
    case duckdb.Type.SQLNULL:
      return new Array<null>(count).fill(null);
    default:
      throw new Error(
        `Reading a column of DuckDB type ${duckdb.Type[typeId]} is not implemented: CAST it in the query.`,
      );
  }
}

/** Bit set: valid. null: every value is. */
export function readValidity(vector: Vector, count: number): Uint8Array | null {
  const bits: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8);
  return bits ? Uint8Array.from(bits) : null;
}

function bytesOf(array: unknown): number {
  return (array as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
}

function copyOf(vector: Vector, byteLength: number): ArrayBuffer {
  const copy = new Uint8Array(byteLength);
  if (byteLength > 0) copy.set(duckdb.vector_get_data(vector, byteLength));
  return copy.buffer;
}

function readTexts(vector: Vector, count: number): (string | null)[] {
  if (count === 0) return [];
  const data = duckdb.vector_get_data(vector, count * 16);
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const validity = readValidity(vector, count);
  const texts: (string | null)[] = new Array(count);
  const near = new NearTexts(data);
  for (let row = 0; row < count; row++) {
    // DuckDB's string_t: uint32 length, then up to 12 bytes in place or a 4-byte prefix and a pointer.
    const at = row * IN_PLACE_ENTRY;
    if (validity && !isValid(validity, row)) {
      texts[row] = null;
      continue;
    }
    const length = buffer.readUInt32LE(at);
    if (length <= MOST_IN_PLACE) texts[row] = buffer.toString('utf8', at + 4, at + 4 + length);
    else if (!near.add(row)) {
      near.read(texts);
      near.add(row);
    }
  }
  near.read(texts);
  return texts;
}

const IN_PLACE_ENTRY = 16;
const MOST_IN_PLACE = 12;
/** What lies between two texts because of their alignment: so near to both, it can be read. */
const MOST_BETWEEN = 8;
const MOST_OF_A_RUN = 1024 * 1024;

/** Texts that stand one behind the other in DuckDB's memory, which are read together: a call for each would take most of the time. */
class NearTexts {
  private readonly buffer: Buffer;
  private readonly rows: number[] = [];
  private start = 0n;
  private end = 0n;

  constructor(private readonly data: Uint8Array) {
    this.buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }

  /** Whether the row's text stands behind the others; it is added then. */
  add(row: number): boolean {
    const at = row * IN_PLACE_ENTRY;
    const from = this.buffer.readBigUInt64LE(at + 8);
    const to = from + BigInt(this.buffer.readUInt32LE(at));
    if (this.rows.length === 0) this.start = from;
    else if (from < this.end || from - this.end >= MOST_BETWEEN || to - this.start > MOST_OF_A_RUN) return false;
    this.rows.push(row);
    this.end = to;
    return true;
  }

  /** Writes the texts to their rows, and begins anew. */
  read(texts: (string | null)[]): void {
    const { rows, buffer, data, start } = this;
    if (rows.length === 0) return;
    const pointer = data.byteOffset + rows[0]! * IN_PLACE_ENTRY + 8;
    const length = Number(this.end - start);
    const found = duckdb.get_data_from_pointer(data.buffer as ArrayBuffer, pointer, length);
    const bytes = Buffer.from(found.buffer, found.byteOffset, length);
    for (const row of rows) {
      const at = row * IN_PLACE_ENTRY;
      const from = Number(buffer.readBigUInt64LE(at + 8) - start);
      texts[row] = bytes.toString('utf8', from, from + buffer.readUInt32LE(at));
    }
    rows.length = 0;
  }
}

function readLists(vector: Vector, childType: LogicalType, count: number): unknown[][] {
  const entries = new Uint32Array(copyOf(vector, count * 16));
  const validity = readValidity(vector, count);
  const size = duckdb.list_vector_get_size(vector);
  const child = readVector(duckdb.list_vector_get_child(vector), childType, size);
  const lists: unknown[][] = new Array(count);
  for (let row = 0; row < count; row++) {
    const start = entries[row * 4]!;
    const length = entries[row * 4 + 2]!;
    lists[row] =
      validity && !isValid(validity, row)
        ? []
        : Array.from((child as unknown as Float64Array).slice(start, start + length));
  }
  return lists;
}

function readHugeInts(vector: Vector, count: number): BigInt64Array {
  const words = new BigInt64Array(copyOf(vector, count * 16));
  const values = new BigInt64Array(count);
  for (let row = 0; row < count; row++) {
    const low = words[row * 2]!;
    const high = words[row * 2 + 1]!;
    if (high !== low >> 63n) throw new RangeError('A sum does not fit 64 bits: CAST it in the query.');
    values[row] = low;
  }
  return values;
}

export function isValid(validity: Uint8Array, row: number): boolean {
  return (validity[row >> 3]! & (1 << (row & 7))) !== 0;
}
