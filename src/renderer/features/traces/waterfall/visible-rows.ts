import type { TraceLayout } from '../../../../shared/trace/layout-trace';

/** Positions of the nodes to show: those with no collapsed span above them. */
export function visibleRows({ nodes }: TraceLayout, collapsed: ReadonlySet<string>): number[] {
  const rows: number[] = [];
  for (let position = 0; position < nodes.length; position += 1) {
    const node = nodes[position]!;
    rows.push(position);
    // Depth-first order: what stands below a node follows it directly.
    if (collapsed.has(node.span.spanId)) position += node.descendants;
  }
  return rows;
}

/** The spans to collapse so that nothing deeper than `depth` shows; a root has depth 0. */
export function collapseBelow({ nodes }: TraceLayout, depth: number): Set<string> {
  return new Set(
    nodes.filter((node) => node.depth >= depth && node.children.length > 0).map(({ span }) => span.spanId),
  );
}

/** `collapsed` without anything above the node, so that it shows. */
export function reveal({ nodes }: TraceLayout, collapsed: ReadonlySet<string>, position: number): Set<string> {
  const open = new Set(collapsed);
  for (let above = nodes[position]?.parent ?? -1; above >= 0; above = nodes[above]!.parent)
    open.delete(nodes[above]!.span.spanId);
  return open;
}
