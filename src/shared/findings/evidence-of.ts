import type { Evidence } from '../runs/finding';
import type { TraceView } from '../shapes/trace-view';

const mostSpanIds = 10;

/** Spans of a trace as evidence: from the first start to the last end. */
export function evidenceOf(view: TraceView, positions: readonly number[], count = positions.length): Evidence {
  const { nodes } = view.layout;
  const spans = positions.map((position) => nodes[position]!);
  const first = spans.reduce((earliest, node) => (node.start < earliest.start ? node : earliest));
  const end = spans.reduce((last, node) => Math.max(last, node.end), 0);
  return {
    traceId: view.traceId,
    spanIds: spans.slice(0, mostSpanIds).map(({ span }) => span.spanId),
    count,
    startNs: first.span.startNs,
    durationNs: end - first.start,
  };
}
