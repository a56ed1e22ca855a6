import duckdb, { type LogicalType, type Vector } from '@duckdb/node-bindings';
import type { ColumnData } from '../reader/reader';
import { readTextRuns } from './text-runs';
import { isValid, readValidity } from './validity';

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
  const texts = new Array<string | null>(count).fill(null);
  readTextRuns(vector, count, ({ bytes, length, rows, starts, ends }) => {
    for (let at = 0; at < length; at++) texts[rows[at]!] = bytes.toString('utf8', starts[at], ends[at]);
  });
  return texts;
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
