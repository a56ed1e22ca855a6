import type { IdLists, SqlValue, StoreReader } from '../../store/reader/reader';

/** Rows of `spans` in the order of their arrival, a column each; ids and times as pairs of 32 bits, the lower half first. */
export interface SpanRows {
  readonly count: number;
  readonly seq: BigUint64Array;
  readonly traceLo: Uint32Array;
  readonly traceHi: Uint32Array;
  readonly spanId: Uint32Array;
  readonly parentId: Uint32Array;
  readonly startNs: Uint32Array;
  readonly durationNs: Float64Array;
  readonly name: Uint32Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  readonly statusMessage: Uint32Array;
  readonly resource: Uint32Array;
  /** As `spans.times` of the schema: 0 where start and duration are the span's own. */
  readonly times: Uint8Array;
  /** How many it has. */
  readonly events: Uint16Array;
  readonly links: Uint16Array;
  readonly attributes: IdLists;
}

/** `condition` over `spans`, with the parameters that it names. */
export async function readSpanRows(
  reader: StoreReader,
  condition: string,
  parameters: readonly SqlValue[],
  signal: AbortSignal,
): Promise<SpanRows> {
  const { columns, lists, rowCount } = await reader.database.columns(
    `SELECT seq, trace_lo, trace_hi, span_id, parent_id, start_ns, duration_ns::DOUBLE, name, kind, status, status_message,
       resource, times, events, links, attributes
     FROM spans WHERE ${condition}`,
    parameters,
    { signal, flatLists: true },
  );
  const [seq, traceLo, traceHi, spanId, parentId, startNs] = columns as BigUint64Array[];
  const [durationNs, name, kind, status, statusMessage, resource, times, events, links] = columns.slice(
    6,
  ) as unknown as [
    Float64Array,
    Uint32Array,
    Uint8Array,
    Uint8Array,
    Uint32Array,
    Uint32Array,
    Uint8Array,
    Uint16Array,
    Uint16Array,
  ];
  return {
    count: rowCount,
    ...{ seq: seq!, traceLo: halves(traceLo!), traceHi: halves(traceHi!) },
    ...{ spanId: halves(spanId!), parentId: halves(parentId!), startNs: halves(startNs!), durationNs },
    ...{ name, kind, status, statusMessage, resource, times, events, links, attributes: lists![0]! },
  };
}

/** Two halves as hex digits. */
export function hexOf(halvesOf: Uint32Array, row: number): string {
  return hex(halvesOf[2 * row + 1]!) + hex(halvesOf[2 * row]!);
}

/** Two halves as decimal digits. */
export function digitsOf(halvesOf: Uint32Array, row: number): string {
  return String(bigOf(halvesOf, row));
}

function bigOf(halvesOf: Uint32Array, row: number): bigint {
  return (BigInt(halvesOf[2 * row + 1]!) << 32n) | BigInt(halvesOf[2 * row]!);
}

export function traceIdOf({ traceHi, traceLo }: SpanRows, row: number): string {
  return hexOf(traceHi, row) + hexOf(traceLo, row);
}

/** The id of a row's trace in its halves. */
export function wholeIdOf({ traceHi, traceLo }: SpanRows, row: number): { hi: bigint; lo: bigint } {
  return { hi: bigOf(traceHi, row), lo: bigOf(traceLo, row) };
}

/** Whether it began before the other: less than 0 where it did, 0 where at the same time. */
export function compareStarts({ startNs }: SpanRows, a: number, b: number): number {
  return startNs[2 * a + 1]! - startNs[2 * b + 1]! || startNs[2 * a]! - startNs[2 * b]!;
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(half: number): string {
  return BYTES[half >>> 24]! + BYTES[(half >>> 16) & 255]! + BYTES[(half >>> 8) & 255]! + BYTES[half & 255]!;
}

/** 64 bits each, as pairs of 32, the lower half first. */
export function halves(ids: BigUint64Array): Uint32Array {
  return new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
}
