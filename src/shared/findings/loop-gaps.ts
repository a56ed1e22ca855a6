import type { TraceView } from '../shapes/trace-view';

/** The middle of what lies between the end of each span and the start of the next, and of their durations; nanoseconds. */
export function loopGaps(
  view: TraceView,
  positions: readonly number[],
): { gap: number; duration: number; parallel: boolean } {
  const nodes = positions.map((position) => view.layout.nodes[position]!);
  const gaps = nodes.slice(1).map((node, index) => node.start - nodes[index]!.end);
  return {
    gap: median(gaps),
    duration: median(nodes.map(({ span }) => span.durationNs)),
    parallel: gaps.filter((gap) => gap < 0).length > gaps.length / 2,
  };
}

/** Somebody waits on purpose between one and the next. */
export function isPolling({ gap, duration }: { gap: number; duration: number }): boolean {
  return gap >= 50e6 && gap > 3 * duration;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
