import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { Repeat, Repeats } from '../../../../shared/trace-paths/find-repeats';

/** A line of the waterfall: a span, or siblings that do the same and stand in one line. `depth` counts these lines too. */
export type Row =
  | { readonly kind: 'span'; readonly position: number; readonly depth: number }
  | { readonly kind: 'repeat'; readonly repeat: Repeat; readonly depth: number; readonly open: boolean };

/** What of a trace is shown. */
export interface Folding {
  /** Ids of the spans below which nothing shows. */
  readonly collapsed: ReadonlySet<string>;
  /** Siblings that stand in one line each; null shows every span by itself. */
  readonly repeats: Repeats | null;
  /** Ids of those whose spans show all the same, below their line. */
  readonly opened: ReadonlySet<string>;
}

/** The lines to show, from top to bottom. Siblings that do the same stand where the first of them does. */
export function visibleRows({ nodes }: TraceLayout, { collapsed, repeats, opened }: Folding): Row[] {
  const rows: Row[] = [];
  const stack: Row[] = [];
  const push = (siblings: readonly number[], depth: number) => {
    for (const position of siblings.toReversed()) {
      const repeat = repeats?.of.get(position);
      if (!repeat) stack.push({ kind: 'span', position, depth });
      else if (repeat.positions[0] === position)
        stack.push({ kind: 'repeat', repeat, depth, open: opened.has(repeat.id) });
    }
  };
  push(
    nodes.flatMap(({ parent }, position) => (parent === -1 ? [position] : [])),
    0,
  );
  for (let row = stack.pop(); row; row = stack.pop()) {
    rows.push(row);
    const { depth } = row;
    if (row.kind === 'span') {
      const node = nodes[row.position]!;
      if (!collapsed.has(node.span.spanId)) push(node.children, depth + 1);
    } else if (row.open) {
      for (const position of row.repeat.positions.toReversed())
        stack.push({ kind: 'span', position, depth: depth + 1 });
    }
  }
  return rows;
}

/** The spans to collapse so that nothing deeper than `depth` shows; a root has depth 0. */
export function collapseBelow({ nodes }: TraceLayout, depth: number): Set<string> {
  return new Set(
    nodes.filter((node) => node.depth >= depth && node.children.length > 0).map(({ span }) => span.spanId),
  );
}

/** `folding` without anything that hides the node, so that it shows. */
export function reveal(
  { nodes }: TraceLayout,
  { collapsed, repeats, opened }: Folding,
  position: number,
): Pick<Folding, 'collapsed' | 'opened'> {
  const shown = new Set(collapsed);
  const unfolded = new Set(opened);
  for (let at = position; at >= 0; at = nodes[at]!.parent) {
    const repeat = repeats?.of.get(at);
    if (repeat) unfolded.add(repeat.id);
    if (at !== position) shown.delete(nodes[at]!.span.spanId);
  }
  return { collapsed: shown, opened: unfolded };
}
