import type { Pace } from '../../../pace/pace';
import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';
import type { StructuralOperator, StructuralRelation } from '../ast';
import { SpanTree } from './span-tree';

/** A step with one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;

/**
 * The spans of a structural operator: those of `right` that stand in the relation to one of `left` (`!`: to none;
 * `&`: both sides of the relation). As in Tempo, spans that no chain of parents joins to a root relate to nothing.
 */
export async function relateSpans(
  operator: StructuralOperator,
  left: readonly LoadedSpan[],
  right: readonly LoadedSpan[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<LoadedSpan[]> {
  const negated = operator.startsWith('!');
  const union = operator.startsWith('&');
  const relation = (negated || union ? operator.slice(1) : operator) as StructuralRelation;
  const tree = await SpanTree.of(trace, pace);
  const related = await select(right, await relatedTo(relation, tree, left, pace), tree, negated, pace);
  if (!union) return related;
  const partners = await select(left, await relatedTo(inverse[relation], tree, right, pace), tree, false, pace);
  return [...new Set([...related, ...partners])];
}

/** What holds of `b` for `a` where the relation holds of `a` for `b`. */
const inverse: Readonly<Record<StructuralRelation, StructuralRelation>> = {
  '>': '<',
  '<': '>',
  '>>': '<<',
  '<<': '>>',
  '~': '~',
};

async function select(
  spans: readonly LoadedSpan[],
  isRelated: (index: number) => boolean,
  tree: SpanTree,
  negated: boolean,
  pace: Pace,
): Promise<LoadedSpan[]> {
  const selected: LoadedSpan[] = [];
  for (const span of spans) {
    const index = tree.indexOf(span);
    if ((tree.isJoined(index) && isRelated(index)) !== negated) selected.push(span);
    if (pace.isDueAfter(SPAN)) await pace.turn();
  }
  return selected;
}

/** Tells of joined spans, by their index, whether they stand in the relation to one of `others`. */
async function relatedTo(
  relation: StructuralRelation,
  tree: SpanTree,
  others: readonly LoadedSpan[],
  pace: Pace,
): Promise<(index: number) => boolean> {
  const joined = new Set<number>();
  for (const span of others) {
    const index = tree.indexOf(span);
    if (tree.isJoined(index)) joined.add(index);
    if (pace.isDueAfter(SPAN)) await pace.turn();
  }
  switch (relation) {
    case '>':
      return (index) => joined.has(tree.parent(index) ?? -1);
    case '<': {
      const parents = new Set(Array.from(joined, (index) => tree.parent(index)));
      return (index) => parents.has(index);
    }
    case '>>': {
      const { lefts, furthest } = openIntervals(tree, joined);
      // Intervals enclose one another or lie apart: one that opens before and reaches further encloses.
      return (index) => {
        const before = firstFrom(lefts, tree.left(index)) - 1;
        return before >= 0 && furthest[before]! > tree.right(index);
      };
    }
    case '<<': {
      const lefts = Int32Array.from(joined, (index) => tree.left(index)).sort();
      return (index) => {
        const inside = firstFrom(lefts, tree.left(index) + 1);
        return inside < lefts.length && lefts[inside]! < tree.right(index);
      };
    }
    case '~': {
      const counts = new Map<number | undefined, number>();
      for (const index of joined) counts.set(tree.parent(index), (counts.get(tree.parent(index)) ?? 0) + 1);
      return (index) => (counts.get(tree.parent(index)) ?? 0) > (joined.has(index) ? 1 : 0);
    }
  }
}

/** Left bounds, ascending, and with each the greatest right bound up to it. */
function openIntervals(tree: SpanTree, indexes: ReadonlySet<number>): { lefts: Int32Array; furthest: Int32Array } {
  const lefts = Int32Array.from(indexes, (index) => tree.left(index)).sort();
  const rights = new Int32Array((lefts.at(-1) ?? 0) + 1);
  for (const index of indexes) rights[tree.left(index)] = tree.right(index);
  let reached = 0;
  const furthest = lefts.map((left) => {
    reached = Math.max(reached, rights[left]!);
    return reached;
  });
  return { lefts, furthest };
}

/** Index of the first of ascending numbers that is not below `bound`. */
function firstFrom(ascending: Int32Array, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
