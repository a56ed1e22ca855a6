import type { Span } from '../contract/telemetry';

/**
 * What is read of a span; the contract's `Span` is one. Of its attributes those that `readSpan` reads are enough, of its events and
 * links what is there.
 */
export type SpanFacts = Pick<
  Span,
  | 'spanId'
  | 'parentSpanId'
  | 'name'
  | 'service'
  | 'kind'
  | 'status'
  | 'startNs'
  | 'durationNs'
  | 'timing'
  | 'attributes'
> & { readonly events: Span['events']; readonly links: readonly unknown[] };

/** A whole trace, spans in any order. */
export interface TraceFacts {
  readonly traceId: string;
  readonly spans: readonly SpanFacts[];
}

/** What is read of a log record; the contract's `LogRecord` is one. */
export interface LineFacts {
  readonly service: string;
  readonly level: string;
  readonly line: string;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}
