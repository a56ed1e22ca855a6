import type { Span, Trace } from '../contract/telemetry';

/** A trace from [span id, parent id, start, duration] in nanoseconds; each span's service is the first letter of its id. */
export function makeTrace(spans: readonly (readonly [string, string, number, number])[]): Trace {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    resources: [{ attributes: [] }],
    spans: spans.map(
      ([spanId, parentSpanId, start, durationNs]): Span => ({
        spanId,
        parentSpanId,
        name: `work ${spanId}`,
        service: spanId.slice(0, 1),
        kind: 'internal',
        status: { code: 'unset', message: '' },
        startNs: String(1_700_000_000_000_000_000n + BigInt(start)),
        durationNs,
        attributes: [],
        resource: 0,
        scope: { name: '', version: '' },
        events: [],
        links: [],
      }),
    ),
  };
}
