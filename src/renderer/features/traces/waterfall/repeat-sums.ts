import type { Stretch } from '../../../../shared/trace/find-critical-path';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { Repeat } from '../../../../shared/trace-paths/find-repeats';

/** What stands behind one line of siblings; times are nanoseconds. */
export interface RepeatSums {
  /** Durations of the siblings, added up. */
  readonly total: number;
  readonly shortest: number;
  readonly median: number;
  readonly longest: number;
  /** Of the siblings and all below them. */
  readonly failed: number;
  readonly spans: number;
}

export function sumRepeat({ nodes }: TraceLayout, { positions }: Repeat): RepeatSums {
  const durations = positions.map((position) => nodes[position]!.span.durationNs).sort((a, b) => a - b);
  let [failed, spans] = [0, 0];
  for (const position of positionsBelow(nodes, positions)) {
    spans += 1;
    if (nodes[position]!.span.status.code === 'error') failed += 1;
  }
  return {
    total: durations.reduce((sum, duration) => sum + duration, 0),
    shortest: durations[0]!,
    median: durations[(durations.length - 1) >> 1]!,
    longest: durations.at(-1)!,
    failed,
    spans,
  };
}

/** How many of the positions stand behind the line. */
export function countBehind({ nodes }: TraceLayout, { positions }: Repeat, among: ReadonlySet<number>): number {
  if (among.size === 0) return 0;
  let count = 0;
  for (const position of positionsBelow(nodes, positions)) if (among.has(position)) count += 1;
  return count;
}

/** When the trace waited for one of the siblings or for what is below one. */
export function criticalBehind(
  { nodes }: TraceLayout,
  { positions }: Repeat,
  critical: ReadonlyMap<number, readonly Stretch[]>,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const position of positionsBelow(nodes, positions)) stretches.push(...(critical.get(position) ?? []));
  return joinStretches(stretches, 0);
}

/** Stretches in order, those joined between which there is no more than `gap`. */
export function joinStretches(stretches: readonly Stretch[], gap: number): Stretch[] {
  const joined: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to + gap) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

function* positionsBelow(nodes: TraceLayout['nodes'], positions: readonly number[]): Generator<number> {
  // Depth-first order: what stands below a node follows it directly.
  for (const position of positions)
    for (let below = position; below <= position + nodes[position]!.descendants; below += 1) yield below;
}
