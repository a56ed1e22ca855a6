import { lowVarint, skipVarint } from './scan-varint';

/** Calls for each length-delimited field of the message at [start, end), whose structure was checked. */
export function eachBlock(
  bytes: Uint8Array,
  start: number,
  end: number,
  call: (field: number, from: number, to: number) => void,
): void {
  for (let position = start; position < end; ) {
    const tag = lowVarint(bytes, position);
    position = skipVarint(bytes, position, end);
    const wire = tag & 7;
    if (wire === 0) position = skipVarint(bytes, position, end);
    else if (wire === 1) position += 8;
    else if (wire === 5) position += 4;
    else {
      const length = lowVarint(bytes, position);
      position = skipVarint(bytes, position, end);
      call(tag >>> 3, position, position + length);
      position += length;
    }
  }
}
