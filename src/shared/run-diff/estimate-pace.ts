import type { SpanShape } from '../runs/run-summary';
import type { ShapePair, ShapeTree } from './index-shapes';

/** Fewer shapes could all be slow of one cause. */
const leastShapes = 5;
const leastSamples = 4;
/** What is left of a span when what is below it is taken away: less is mostly error. */
const leastOwnShare = 0.2;
/** Less is nothing to speak of, more is no machine that happened to be busy. */
const [leastPace, mostPace] = [1.1, 2];

/**
 * How many times as long everything takes that both runs have, as on a machine that is busier: the median over their shapes of what
 * each takes beside what is below it, so that one cause counts once. 1 where that is hardly different, where there are too few
 * shapes, and where the difference is too great to be taken for the machine's.
 */
export function estimatePace(pairs: readonly ShapePair[], tree: ShapeTree): number {
  const ratios = pairs.flatMap((pair) => {
    const [was, is] = [ownTime(pair, tree, 'before'), ownTime(pair, tree, 'after')];
    return was === null || is === null ? [] : [is / was];
  });
  if (ratios.length < leastShapes) return 1;
  const pace = median(ratios);
  const change = Math.max(pace, 1 / pace);
  return change < leastPace || change > mostPace ? 1 : pace;
}

/** Nanoseconds of the usual span; null where there are few, or most of it is below. What runs beside one another hides it, too. */
function ownTime(pair: ShapePair, tree: ShapeTree, side: 'before' | 'after'): number | null {
  const shape = pair[side];
  if (!shape || shape.durations.samples.length < leastSamples) return null;
  const usual = shape.durations.p50Ns;
  const below = tree.childrenOf(pair).reduce((sum, child) => sum + timeOf(child[side]), 0) / shape.count;
  const own = usual - below;
  return usual > 0 && own >= leastOwnShare * usual ? own : null;
}

function timeOf(shape: SpanShape | undefined): number {
  return shape ? shape.durations.p50Ns * shape.count : 0;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.sqrt(sorted[middle - 1]! * sorted[middle]!);
}
