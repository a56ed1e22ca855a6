import { groupBy } from '../group-by';
import { perView } from '../shapes/per-view';

/** Spans that name one parent which is not there. */
export interface LostParent {
  readonly positions: readonly number[];
  /** The parent was of the same program: nothing else gives a span of this kind its parent. */
  readonly local: boolean;
}

/**
 * Parents that are not there, where they should be: the trace has a beginning of its own besides. A trace whose spans all
 * hang on one parent that nobody sent was begun by something outside that sends none.
 */
export const lostParents = perView((view): readonly LostParent[] => {
  const { nodes } = view.layout;
  if (!nodes.some(({ orphan }) => orphan)) return [];
  const tops = nodes.flatMap(({ parent }, position) => (parent === -1 ? [position] : []));
  const orphans = tops.filter((at) => nodes[at]!.orphan && !view.startedOutside.has(at));
  if (orphans.length === 0 || orphans.length === tops.length) return [];
  return [...groupBy(orphans, (at) => nodes[at]!.span.parentSpanId).values()].map((positions) => ({
    positions,
    local: positions.every((at) => nodes[at]!.span.kind !== 'server' && nodes[at]!.span.kind !== 'consumer'),
  }));
});
