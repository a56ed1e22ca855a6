import type { Signal } from '../../wire/signal';
import { WireReader } from '../../wire/wire-reader';

/** From a request down to its items: the fields to enter. Spans and log records; points are one deeper, in their data. */
const ENVELOPES: Readonly<Record<Signal, readonly (readonly number[])[]>> = {
  traces: [[1], [2], [2]],
  logs: [[1], [2], [2]],
  // The data of a gauge, a sum, a histogram, an exponential histogram, a summary.
  metrics: [[1], [2], [2], [5, 7, 9, 10, 11], [1]],
};
/** fixed64 fields of an item that say when it was: start and end of a span, time and observed time of a record, time of a point. */
const TIMES: Readonly<Record<Signal, readonly number[]>> = { traces: [7, 8], logs: [1, 11], metrics: [3] };

/**
 * Whether any item of a request has a time of its own. Only then the same bytes again are a retry: without times they are
 * what happened again.
 */
export function carriesTimes(signal: Signal, request: Uint8Array): boolean {
  return search(new WireReader(request), request.length, ENVELOPES[signal], TIMES[signal]);
}

function search(
  reader: WireReader,
  end: number,
  envelopes: readonly (readonly number[])[],
  times: readonly number[],
): boolean {
  const [enter, ...below] = envelopes;
  while (reader.position < end) {
    const tag = reader.varint();
    const field = tag >>> 3;
    if (enter?.includes(field) && (tag & 7) === 2) {
      const blockEnd = reader.blockEnd();
      if (search(reader, blockEnd, below, times)) return true;
      reader.position = blockEnd;
    } else if (!enter && times.includes(field) && (tag & 7) === 1) {
      if (reader.view.getBigUint64(reader.position, true) !== 0n) return true;
      reader.position += 8;
    } else reader.skip(tag & 7);
  }
  return false;
}
