import { describeChange } from '../describe-change';
import { quoted } from '../findings/place-of';
import { formatDuration } from '../format-duration';
import type { RunChange } from '../runs/run-diff';
import { estimatePace } from './estimate-pace';
import { isBelow, type ShapePair, type ShapeTree } from './index-shapes';
import { isBeyondFloor, judgeLatency, type Latency } from './judge-latency';
import { changeOf, nameOf } from './make-change';

/** Of what a span gained, so much by what is below it: then that is told instead. */
const explained = 0.5;

interface Judged {
  readonly pair: ShapePair;
  readonly latency: Latency;
}

/** Shapes of either run that take longer or shorter beside what all do (`pace`); where one below explains it, only that. */
export function compareLatency(
  pairs: readonly ShapePair[],
  tree: ShapeTree,
): { changes: RunChange[]; notJudged: string[]; pace: number } {
  const pace = estimatePace(pairs, tree);
  const both = pairs.filter(({ before, after }) => before && after);
  const verdicts = judgeLatency(
    both.map(({ before, after }) => ({ before: before!.durations.samples, after: after!.durations.samples })),
    pace,
  );
  const judged: Judged[] = both.map((pair, index) => ({ pair, latency: verdicts[index]! }));
  const moved = new Map(judged.flatMap(({ pair, latency }) => (isChange(latency) ? [[pair, latency] as const] : [])));
  const changes = [...moved].flatMap(([pair, latency]) => {
    const below = tree.childrenOf(pair).reduce((sum, child) => sum + gainOf(child, pair, moved, latency.verdict), 0);
    const gained = Math.abs(latency.afterNs - latency.beforeNs);
    return below >= explained * gained ? [] : [tell(pair, latency, pairs)];
  });
  return { changes, notJudged: judged.flatMap(describeTooFew), pace };
}

type Change = Extract<Latency, { verdict: 'slower' | 'faster' }>;

function isChange(latency: Latency): latency is Change {
  return latency.verdict === 'slower' || latency.verdict === 'faster';
}

function gainOf(child: ShapePair, parent: ShapePair, moved: ReadonlyMap<ShapePair, Change>, verdict: string): number {
  const latency = moved.get(child);
  if (latency?.verdict !== verdict) return 0;
  return (Math.abs(latency.afterNs - latency.beforeNs) * child.after!.count) / parent.after!.count;
}

function tell(pair: ShapePair, { verdict, beforeNs, afterNs, p }: Change, pairs: readonly ShapePair[]): RunChange {
  const left = verdict === 'faster' ? notAwaited(pair, pairs) : undefined;
  const which = left
    ? `; it does not wait any more for ${quoted(left.shape.name, 80)}, which takes ${formatDuration(left.after!.durations.p50Ns)}`
    : '';
  return changeOf(pair, {
    kind: verdict,
    worse: verdict === 'slower' || left !== undefined,
    sentence: `${nameOf(pair)}: ${formatDuration(beforeNs)} → ${formatDuration(afterNs)} (${describeChange(afterNs / Math.max(1, beforeNs))}, p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`})${which}`,
    before: beforeNs,
    after: afterNs,
    p,
  });
}

/** What is below it took less time than it before, and takes more now. */
function notAwaited(parent: ShapePair, pairs: readonly ShapePair[]): ShapePair | undefined {
  return pairs.find(
    ({ shape, before, after }) =>
      before &&
      after &&
      shape.kind !== 'consumer' &&
      shape.service === parent.shape.service &&
      isBelow(shape, parent.shape) &&
      before.durations.p50Ns <= parent.before!.durations.p50Ns &&
      after.durations.p50Ns > parent.after!.durations.p50Ns,
  );
}

/** Of what few were seen: requests, and whatever looks different. */
function describeTooFew({ pair, latency }: Judged): string[] {
  if (latency.verdict !== 'too-few') return [];
  const { counts, beforeNs, afterNs } = latency;
  if (pair.shape.parent !== '' && !isBeyondFloor(beforeNs, afterNs)) return [];
  return [
    `${nameOf(pair)}: ${formatDuration(beforeNs)} → ${formatDuration(afterNs)}, too few to judge (${counts[0]} v ${counts[1]})`,
  ];
}
