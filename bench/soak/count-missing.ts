import { setTimeout as pause } from 'node:timers/promises';
import type { OtlpSink } from '../../e2e/otlp-sink';

const ARRIVAL_MS = 30_000;

/** How many of these spans the sink still does not have after half a minute. */
export async function countMissing(sink: OtlpSink, expected: Iterable<string>): Promise<number> {
  const deadline = Date.now() + ARRIVAL_MS;
  for (;;) {
    const arrived = new Set(sink.spanIds());
    const missing = [...expected].filter((id) => !arrived.has(id)).length;
    if (missing === 0 || Date.now() > deadline) return missing;
    await pause(500);
  }
}
