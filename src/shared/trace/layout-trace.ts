import type { Span } from '../contract/telemetry';
import { nanosBetween } from '../nanos-between';

/** One span in the order of the waterfall. Times are nanoseconds after the start of the trace. */
export interface SpanNode<Read = Span> {
  readonly span: Read;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  /** Positions of the direct children in `TraceLayout.nodes`, by start. */
  readonly children: readonly number[];
  /** Position of the parent; -1 for a root. */
  readonly parent: number;
  /** How many spans stand below this one, at any depth. */
  readonly descendants: number;
  /** The span names a parent that has not come, or never will. */
  readonly orphan: boolean;
}

export interface TraceLayout<Read = Span> {
  readonly nodes: readonly SpanNode<Read>[];
  /** Nanoseconds from the first start to the last end. */
  readonly lasted: number;
  /** The same, at least 1: what an axis needs. */
  readonly duration: number;
  readonly startNs: string;
  readonly maxDepth: number;
}

type Draft<Read> = { -readonly [Key in keyof SpanNode<Read>]: SpanNode<Read>[Key] } & { children: number[] };

/** What places a span. */
type Placed = Pick<Span, 'spanId' | 'parentSpanId' | 'startNs' | 'durationNs'>;

/** Puts the spans of a trace in depth-first order, siblings by start. A cycle of parents is cut at its first span. */
export function layoutTrace<Read extends Placed = Span>(trace: {
  readonly traceId?: string;
  readonly resources?: unknown;
  readonly spans: readonly Read[];
}): TraceLayout<Read> {
  const { spans } = trace;
  const startNs = spans.reduce(
    (first, { startNs }) => (nanosBetween(first, startNs) < 0 ? startNs : first),
    spans[0]?.startNs ?? '0',
  );
  const starts = new Map(spans.map((span) => [span, nanosBetween(startNs, span.startNs)]));
  const byStart = [...spans].sort((a, b) => starts.get(a)! - starts.get(b)!);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const below = new Map<Read | null, Read[]>();
  for (const span of byStart) {
    const parent = (span.parentSpanId !== span.spanId && byId.get(span.parentSpanId)) || null;
    const siblings = below.get(parent);
    if (siblings) siblings.push(span);
    else below.set(parent, [span]);
  }

  const nodes: Draft<Read>[] = [];
  const placed = new Set<Read>();
  let maxDepth = 0;
  const place = (root: Read): void => {
    // An explicit stack: a chain of ten thousand spans must not overflow the call stack.
    const stack: { span: Read; depth: number; parent: number }[] = [{ span: root, depth: 0, parent: -1 }];
    while (stack.length > 0) {
      const { span, depth, parent } = stack.pop()!;
      if (placed.has(span)) continue;
      placed.add(span);
      const position = nodes.length;
      const start = starts.get(span)!;
      const orphan = depth === 0 && span.parentSpanId !== '';
      nodes.push({ span, depth, start, end: start + span.durationNs, children: [], parent, descendants: 0, orphan });
      if (parent >= 0) nodes[parent]!.children.push(position);
      maxDepth = Math.max(maxDepth, depth);
      for (const child of (below.get(span) ?? []).toReversed())
        stack.push({ span: child, depth: depth + 1, parent: position });
    }
  };
  for (const root of below.get(null) ?? []) place(root);
  for (const span of byStart) if (!placed.has(span)) place(span);
  for (const node of nodes.toReversed()) if (node.parent >= 0) nodes[node.parent]!.descendants += node.descendants + 1;
  const lasted = nodes.reduce((last, { end }) => Math.max(last, end), 0);
  return { nodes, lasted, duration: Math.max(1, lasted), startNs, maxDepth };
}
