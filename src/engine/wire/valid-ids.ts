export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

/** Whether `bytes[start, start + length)` is a trace id: 16 bytes, not all zero. */
export function isTraceId(bytes: Uint8Array, start: number, length: number): boolean {
  return length === TRACE_ID_BYTES && hasNonZero(bytes, start, TRACE_ID_BYTES);
}

/** Whether `bytes[start, start + length)` is a span id: 8 bytes, not all zero. */
export function isSpanId(bytes: Uint8Array, start: number, length: number): boolean {
  return length === SPAN_ID_BYTES && hasNonZero(bytes, start, SPAN_ID_BYTES);
}

function hasNonZero(bytes: Uint8Array, start: number, length: number): boolean {
  for (let i = start; i < start + length; i++) if (bytes[i] !== 0) return true;
  return false;
}
