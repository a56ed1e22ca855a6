import { randomBytes } from 'node:crypto';

export interface OwnSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

/** The run's own span: a child of the one that the environment names, else the root of a new trace. */
export function readTraceparent(traceparent: string | undefined): OwnSpan {
  const [, traceId, parentSpanId] =
    /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}/.exec(traceparent?.trim() ?? '') ??
    [];
  const spanId = randomBytes(8).toString('hex');
  return traceId && parentSpanId
    ? { traceId, spanId, parentSpanId }
    : { traceId: randomBytes(16).toString('hex'), spanId };
}
