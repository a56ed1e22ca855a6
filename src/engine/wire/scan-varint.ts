/** Answer of everything that walks a request's bytes where they are not protobuf. */
export const BROKEN = -1;

const MAX_VARINT_BYTES = 10;

/** The position behind the varint at `from`, or BROKEN where it does not end in time. */
export function skipVarint(bytes: Uint8Array, from: number, end: number): number {
  const limit = Math.min(end, from + MAX_VARINT_BYTES);
  for (let position = from; position < limit; ) if (bytes[position++]! < 128) return position;
  return BROKEN;
}

/** The value of the varint in `[from, end)`, or BROKEN from 2^28 on: no tag or length in a request is that large. */
export function smallVarint(bytes: Uint8Array, from: number, end: number): number {
  if (end - from > 4) return BROKEN;
  let value = 0;
  for (let position = end - 1; position >= from; position--) value = (value << 7) | (bytes[position]! & 127);
  return value;
}

/** The low 32 bits of the varint at `from`, whose end was looked for. */
export function lowVarint(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[from + shift / 7]!;
    value |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  return value >>> 0;
}

/** How many varints fill `[from, end)`, or BROKEN. */
export function countVarints(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let position = from; position < end; count++) {
    position = skipVarint(bytes, position, end);
    if (position === BROKEN) return BROKEN;
  }
  return count;
}
