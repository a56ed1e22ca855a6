export interface TraceId {
  readonly hi: bigint;
  readonly lo: bigint;
}

/** Up to 32 hex digits, leading zeros left out or not; undefined where the text is no trace id. */
export function parseTraceId(text: string): TraceId | undefined {
  if (!/^[0-9a-fA-F]{1,32}$/.test(text)) return undefined;
  const digits = text.padStart(32, '0');
  return { hi: BigInt(`0x${digits.slice(0, 16)}`), lo: BigInt(`0x${digits.slice(16)}`) };
}

export function formatTraceId({ hi, lo }: TraceId): string {
  return hi.toString(16).padStart(16, '0') + lo.toString(16).padStart(16, '0');
}

export function formatSpanId(id: bigint): string {
  return id.toString(16).padStart(16, '0');
}

/** An id as Tempo shows those of traces: without its leading zeros. */
export function stripZeros(id: string): string {
  return id.replace(/^0+(?=.)/, '');
}
