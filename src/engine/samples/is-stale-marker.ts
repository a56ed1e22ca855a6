const STALE_HIGH = 0x7ff00000;
const STALE_LOW = 2;

/** The two halves of each value's bits, low word first: typed arrays are little-endian on every platform Node runs on. */
export function bitsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Whether the value at `index` is Prometheus' stale marker (a NaN with the bits 0x7ff0000000000002). */
export function isStaleMarker(bits: Uint32Array, index: number): boolean {
  return bits[index * 2] === STALE_LOW && bits[index * 2 + 1] === STALE_HIGH;
}

/** Writes the stale marker through the bits: assigning a NaN to the array could change its payload. */
export function writeStaleMarker(bits: Uint32Array, index: number): void {
  bits[index * 2] = STALE_LOW;
  bits[index * 2 + 1] = STALE_HIGH;
}
