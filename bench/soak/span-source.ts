import { PatchedBatch } from '../load/patched-batch';

const SPANS_PER_BATCH = 20;
/** A trace collects so many requests of its lane, so that it is written over several kills. */
const BATCHES_PER_TRACE = 25;

export interface KnownBatch {
  batch: PatchedBatch;
  traceId: string;
  spanIds: readonly string[];
}

/** Requests of one lane, each with span ids that no other has. */
export class SpanSource {
  private sent = 0;

  constructor(private readonly lane: number) {}

  next(): KnownBatch {
    const number = this.sent++;
    const traceId = this.id(Math.floor(number / BATCHES_PER_TRACE) + 1, 32);
    const spanIds = Array.from({ length: SPANS_PER_BATCH }, (_, index) =>
      this.id(number * SPANS_PER_BATCH + index + 1, 16),
    );
    const start = BigInt(Date.now()) * 1_000_000n;
    const spans = spanIds.map((spanId, index) => ({
      traceId,
      spanId,
      name: `step ${index}`,
      kind: 1,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + 1_000_000n),
      attributes: [{ key: 'request', value: { stringValue: `${this.lane}/${number}` } }],
    }));
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: `soak-${this.lane}` } }] };
    const json = { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
    return { batch: PatchedBatch.encode('traces', spans.length, json), traceId, spanIds };
  }

  private id(number: number, digits: 16 | 32): string {
    return `50ac${this.lane.toString(16).padStart(2, '0')}${number.toString(16).padStart(digits - 6, '0')}`;
  }
}
