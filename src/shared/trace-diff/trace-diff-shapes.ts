import type { Span } from '../contract/telemetry';

/** Documents of Tempo's `POST /api/v2/traces/diff`, experimental there. Durations end in their unit. */
export const traceDiffFormats = ['trace-patch-v0', 'trace-summary-v0-native', 'trace-summary-v0-composed'] as const;
export type TraceDiffFormat = (typeof traceDiffFormats)[number];

interface SpanRef {
  /** Indexes among siblings, from the root to the span. */
  readonly path: readonly number[];
  readonly service: string;
  readonly name: string;
  readonly kind: Span['kind'];
}

export interface SpanSnapshot extends SpanRef {
  readonly duration_nanos: number;
  readonly status: Span['status']['code'];
}

export interface FieldChange {
  readonly op: 'add' | 'remove' | 'modify';
  readonly target:
    | { readonly type: 'field'; readonly name: 'duration_nanos' | 'status' }
    | { readonly type: 'attribute'; readonly scope: 'span'; readonly key: string };
  readonly before: unknown;
  readonly after: unknown;
}

export interface SpanChange {
  readonly target: {
    readonly type: 'span';
    readonly path?: readonly number[];
    readonly parentPath?: readonly number[];
    readonly index?: number;
  };
  readonly span: SpanSnapshot;
}

export interface DiffWarning {
  readonly code: 'high_cardinality_span_name' | 'invalid_duration' | 'zero_span_trace';
  readonly message: string;
}

export interface TracePatch {
  readonly version: 'trace-patch-v0';
  readonly base: { readonly traceId: string; readonly spanCount: number };
  readonly compare: { readonly traceId: string; readonly spanCount: number };
  readonly stats: {
    readonly spanCountA: number;
    readonly spanCountB: number;
    readonly matchedSpans: number;
    readonly modifiedSpans: number;
    readonly addedSpans: number;
    readonly removedSpans: number;
    readonly fieldChanges: number;
    readonly attributeChanges: number;
    readonly eventChanges: number;
    readonly truncated: boolean;
  };
  readonly modified: readonly { readonly span: SpanRef; readonly changes: readonly FieldChange[] }[];
  readonly added: readonly SpanChange[];
  readonly removed: readonly SpanChange[];
  readonly warnings: readonly DiffWarning[];
}

type Signal = 'increased' | 'decreased' | 'unchanged';

export interface TraceSide {
  readonly traceId: string;
  readonly rootService?: string;
  readonly rootName?: string;
  readonly spanCount: number;
  readonly errorSpanCount: number;
  readonly durationMs: number;
  readonly sumSpanDurationMs: number;
}

export interface ServiceRollup {
  readonly name: string;
  readonly sumSpanDurationDeltaMs: number;
  readonly modified: number;
  readonly added: number;
  readonly removed: number;
  readonly newErrors: number;
  readonly resolvedErrors: number;
}

export interface TraceDiffSummary {
  readonly version: 'trace-summary-v0-native';
  readonly base: TraceSide;
  readonly compare: TraceSide;
  readonly signals: {
    readonly traceLatency: Signal;
    readonly sumSpanDuration: Signal;
    readonly errors: Signal;
    readonly spanCount: Signal;
    readonly structure: 'changed' | 'unchanged';
  };
  /** Matched spans by the spans of the larger trace, and of the smaller one. */
  readonly trust: { readonly matchedSpanRatio: number; readonly structureOverlap: number };
  readonly stats: {
    readonly traceLatencyDeltaMs: number;
    readonly sumSpanDurationDeltaMs: number;
    readonly spanCountDelta: number;
    readonly errorSpanDelta: number;
    readonly matchedSpans: number;
    readonly modifiedSpans: number;
    readonly addedSpans: number;
    readonly removedSpans: number;
    readonly fieldChanges: number;
    readonly attributeChanges: number;
  };
  readonly warnings?: readonly DiffWarning[];
  readonly changedServices: readonly string[];
  readonly services: readonly ServiceRollup[];
}

export interface ComposedTraceDiff {
  readonly version: 'trace-summary-v0-composed';
  readonly summary: TraceDiffSummary;
  readonly patch?: TracePatch;
  readonly patchOmitted?: { readonly bytes: number; readonly reason: 'over_budget' };
}
