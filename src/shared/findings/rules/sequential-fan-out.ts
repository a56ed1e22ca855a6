import { formatDuration } from '../../format-duration';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

const leastCalls = 3;
const leastTotalNs = 30e6;
/** Of its parent: what the calls take, and what would be won if they were made side by side. */
const leastShare = 0.5;
const leastWon = 0.3;
/** Of the calls' own time: more than that between them, and one may need what the one before it answered. */
const mostIdle = 0.1;

/** Calls that only read, one after the other without a pause, and take most of their parent's time. */
export function findSequentialFanOut(view: TraceView): Sighting[] {
  return view.layout.nodes.flatMap(({ children, span }, parent) => {
    if (children.length < leastCalls || span.timing !== undefined || span.durationNs < leastTotalNs) return [];
    return sequences(view, children).flatMap((run): Sighting[] => {
      const nodes = run.map((at) => view.layout.nodes[at]!);
      const total = nodes.reduce((sum, { span: { durationNs } }) => sum + durationNs, 0);
      const longest = Math.max(...nodes.map(({ span: { durationNs } }) => durationNs));
      const evidence = evidenceOf(view, run);
      if (total < leastTotalNs || total < leastShare * span.durationNs) return [];
      if (total - longest < leastWon * span.durationNs || evidence.durationNs - total > mostIdle * total) return [];
      const names = [...new Set(run.map((at) => view.readings[at]!.template))].sort();
      return [
        {
          rule: 'sequential-fan-out',
          severity: 'hint',
          service: span.service,
          sentence: `${placeOf(view, parent)} waits for ${run.length} calls one after the other, ${formatDuration(total)} of its ${formatDuration(span.durationNs)}; side by side they would take about ${formatDuration(longest)}`,
          advice:
            'Make the calls at the same time (Promise.all, gather, goroutines), unless one needs the answer of another.',
          key: [labelOf(view, parent), ...names],
          weight: total - longest,
          evidence,
        },
      ];
    });
  });
}

/** Runs of at least three calls to other programs, or queries, that only read and do not overlap. */
function sequences(view: TraceView, children: readonly number[]): number[][] {
  const found: number[][] = [];
  let run: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  const close = () => {
    if (run.length >= leastCalls) found.push(run);
    run = [];
  };
  for (const at of children) {
    const { span, start, end: stop } = view.layout.nodes[at]!;
    const { call, reads, failed, health } = view.readings[at]!;
    const fits = call !== '' && reads && !failed && !health && span.timing === undefined && !view.retries.has(at);
    if (!fits || start < end) close();
    if (fits && start >= end) run.push(at);
    end = Math.max(end, stop);
  }
  close();
  return found.filter((each) => !isLoop(view, each));
}

/** One call again and again is told by other rules, with another advice. */
function isLoop(view: TraceView, run: readonly number[]): boolean {
  return run.length >= 5 && new Set(run.map((at) => view.readings[at]!.template)).size <= 2;
}
