import { layoutTrace, type TraceLayout } from '../trace/layout-trace';
import { findRetries } from './find-retries';
import { readSpan, type SpanReading } from './read-span';
import type { SpanFacts, TraceFacts } from './span-facts';

/** A trace as it is looked at: laid out, every span read once. Lists are by position in `layout.nodes`. */
export interface TraceView {
  readonly traceId: string;
  readonly layout: TraceLayout<SpanFacts>;
  readonly readings: readonly SpanReading[];
  /** Position of the root above it, its own for a root. */
  readonly roots: readonly number[];
  /** Repeats of a call that had failed. */
  readonly retries: ReadonlySet<number>;
  /** Spans whose parent is outside on purpose: it belongs to the run, or to what started it. */
  readonly startedOutside: ReadonlySet<number>;
  /** What `perView` has made of it. */
  readonly made: unknown[];
}

const nothing: ReadonlySet<string> = new Set();

/** `outside`: spans that are no part of what is looked at, such as the run's own; what is below them begins a request. */
export function viewTrace(trace: TraceFacts, outside: ReadonlySet<string> = nothing): TraceView {
  const spans = outside.size === 0 ? trace.spans : trace.spans.filter(({ spanId }) => !outside.has(spanId));
  return viewLayout(trace.traceId, layoutTrace({ spans }), ({ parentSpanId }) => outside.has(parentSpanId));
}

/** A trace that is laid out; `isStartedOutside` is asked of spans whose parent is not among them, `read` is `readSpan` or remembers it. */
export function viewLayout<Read extends SpanFacts>(
  traceId: string,
  layout: TraceLayout<Read>,
  isStartedOutside: (span: Read) => boolean,
  read: (span: Read) => SpanReading = readSpan,
): TraceView {
  const readings = layout.nodes.map(({ span }) => read(span));
  const roots: number[] = [];
  const startedOutside = new Set<number>();
  for (const [position, { parent, span, orphan }] of layout.nodes.entries()) {
    roots.push(parent === -1 ? position : roots[parent]!);
    if (orphan && isStartedOutside(span)) startedOutside.add(position);
  }
  return { traceId, layout, readings, roots, retries: findRetries(layout, readings), startedOutside, made: [] };
}

/** `service name`, as in `SpanShape.request`. */
export function requestOf(view: TraceView, position: number): string {
  const root = view.roots[position]!;
  return `${view.layout.nodes[root]!.span.service} ${view.readings[root]!.name}`;
}

/** `service kind name`, as in `SpanShape.parent`. */
export function labelOf(view: TraceView, position: number): string {
  const { span } = view.layout.nodes[position]!;
  return `${span.service} ${span.kind} ${view.readings[position]!.name}`;
}
