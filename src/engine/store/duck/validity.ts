import duckdb, { type Vector } from '@duckdb/node-bindings';

/** Bit set: valid. null: every value is. */
export function readValidity(vector: Vector, count: number): Uint8Array | null {
  const bits: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8);
  return bits ? Uint8Array.from(bits) : null;
}

export function isValid(validity: Uint8Array, row: number): boolean {
  return (validity[row >> 3]! & (1 << (row & 7))) !== 0;
}
