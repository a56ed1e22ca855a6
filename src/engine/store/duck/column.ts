import duckdb, { type LogicalType, type Vector } from '@duckdb/node-bindings';

/** Rows of one column that wait for a commit; written to DuckDB in whole vectors. */
export interface Column {
  readonly type: LogicalType;
  /** Code units of the long texts in the column; left out where it holds none. */
  readonly longTexts?: number;
  /** Code units of a row's text. */
  textLength?(row: number): number;
  reserve(capacity: number): void;
  clear(): void;
  /** Copies rows [from, from + count) into the vector from its start. */
  write(vector: Vector, from: number, count: number): void;
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

abstract class NumberColumn<Data extends Numbers> implements Column {
  abstract readonly type: LogicalType;
  abstract data: Data;
  /** Array elements a row. */
  protected readonly width: number = 1;

  reserve(capacity: number): void {
    const needed = capacity * this.width;
    if (needed <= this.data.length) return;
    const larger = new (this.data.constructor as new (length: number) => Data)(needed);
    larger.set(this.data);
    this.data = larger;
  }

  clear(): void {}

  write(vector: Vector, from: number, count: number): void {
    if (count === 0) return;
    const rowBytes = this.data.BYTES_PER_ELEMENT * this.width;
    duckdb.copy_data_to_vector(vector, 0, this.data.buffer as ArrayBuffer, from * rowBytes, count * rowBytes);
  }
}

export class U8Column extends NumberColumn<Uint8Array> {
  readonly type = duckdb.create_logical_type(duckdb.Type.UTINYINT);
  data = new Uint8Array(0);
}

export class U16Column extends NumberColumn<Uint16Array> {
  readonly type = duckdb.create_logical_type(duckdb.Type.USMALLINT);
  data = new Uint16Array(0);
}

export class U32Column extends NumberColumn<Uint32Array> {
  readonly type = duckdb.create_logical_type(duckdb.Type.UINTEGER);
  data = new Uint32Array(0);
}

export class I32Column extends NumberColumn<Int32Array> {
  readonly type = duckdb.create_logical_type(duckdb.Type.INTEGER);
  data = new Int32Array(0);
}

export class F64Column extends NumberColumn<Float64Array> {
  readonly type = duckdb.create_logical_type(duckdb.Type.DOUBLE);
  data = new Float64Array(0);
}

/** 64-bit values as pairs of words, the low one first, so that none becomes a bigint on the way. */
export class U64Column extends NumberColumn<Uint32Array> {
  readonly type: LogicalType = duckdb.create_logical_type(duckdb.Type.UBIGINT);
  protected override readonly width = 2;
  data = new Uint32Array(0);

  set(row: number, low: number, high: number): void {
    this.data[row * 2] = low;
    this.data[row * 2 + 1] = high;
  }

  /** An id, big-endian on the wire. */
  setBigEndian(row: number, view: DataView, at: number): void {
    this.data[row * 2] = view.getUint32(at + 4);
    this.data[row * 2 + 1] = view.getUint32(at);
  }

  /** An integer within ±2^53. */
  setNumber(row: number, value: number): void {
    this.set(row, value >>> 0, Math.floor(value / 0x1_0000_0000) >>> 0);
  }

  setBigint(row: number, value: bigint): void {
    this.set(row, Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn));
  }
}

export class I64Column extends U64Column {
  override readonly type = duckdb.create_logical_type(duckdb.Type.BIGINT);
}

/** NULL where `data` is NaN. */
export class NullableF64Column extends F64Column {
  override write(vector: Vector, from: number, count: number): void {
    super.write(vector, from, count);
    writeValidity(vector, count, (row) => !Number.isNaN(this.data[from + row]!));
  }
}

/** NULL where `data` is 0. */
export class NullableU32Column extends U32Column {
  override write(vector: Vector, from: number, count: number): void {
    super.write(vector, from, count);
    writeValidity(vector, count, (row) => this.data[from + row] !== 0);
  }
}

/** A longer text weighs more than a row does. */
const LONG = 1024;

export class TextColumn implements Column {
  readonly type = duckdb.create_logical_type(duckdb.Type.VARCHAR);
  data: string[] = [];
  /** Code units of the long ones among the texts that were `set`. */
  longTexts = 0;

  set(row: number, text: string): void {
    this.data[row] = text;
    if (text.length > LONG) this.longTexts += text.length;
  }

  reserve(): void {}

  textLength(row: number): number {
    return this.data[row]!.length;
  }

  clear(): void {
    this.data = [];
    this.longTexts = 0;
  }

  write(vector: Vector, from: number, count: number): void {
    for (let row = 0; row < count; row++) duckdb.vector_assign_string_element(vector, row, this.data[from + row]!);
  }
}

/** Lists of the elements of a child column: `ends[row]` is where the row's elements end in the child. */
export class ListColumn<Child extends Column> implements Column {
  readonly type: LogicalType;
  ends = new Uint32Array(0);
  /** Elements of all rows so far. */
  count = 0;
  private entries = new Uint32Array(0);

  constructor(readonly child: Child) {
    this.type = duckdb.create_list_type(child.type);
  }

  clear(): void {
    this.count = 0;
    this.child.clear();
  }

  reserve(capacity: number): void {
    if (capacity <= this.ends.length) return;
    const larger = new Uint32Array(capacity);
    larger.set(this.ends);
    this.ends = larger;
  }

  write(vector: Vector, from: number, count: number): void {
    if (this.entries.length < count * 4) this.entries = new Uint32Array(2048 * 4);
    const first = from === 0 ? 0 : this.ends[from - 1]!;
    let start = first;
    for (let row = 0; row < count; row++) {
      const end = this.ends[from + row]!;
      // DuckDB's list entry: uint64 offset, uint64 length.
      this.entries[row * 4] = start - first;
      this.entries[row * 4 + 2] = end - start;
      start = end;
    }
    duckdb.copy_data_to_vector(vector, 0, this.entries.buffer, 0, count * 16);
    duckdb.list_vector_reserve(vector, start - first);
    duckdb.list_vector_set_size(vector, start - first);
    this.child.write(duckdb.list_vector_get_child(vector), first, start - first);
  }
}

/** Lists of ids of the dictionary. */
export class IdListColumn extends ListColumn<U32Column> {
  constructor() {
    super(new U32Column());
  }

  push(id: number): void {
    const child = this.child;
    if (this.count >= child.data.length) child.reserve(Math.max(1024, this.count * 2));
    child.data[this.count++] = id;
  }
}

function writeValidity(vector: Vector, count: number, isValid: (row: number) => boolean): void {
  const bits = new Uint8Array(Math.ceil(count / 64) * 8).fill(0xff);
  for (let row = 0; row < count; row++) if (!isValid(row)) bits[row >> 3]! &= ~(1 << (row & 7));
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bits.length);
}
