import { blockingWindow, type Waiting, type Window } from './blocking-window';
import type { TraceLayout } from './layout-trace';

/** A stretch of time, nanoseconds after the start of the trace. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * The chain of work that decided how long the trace took, by Jaeger's rule: for each node position on it, the stretches
 * during which the trace waited for that very span, in the span's own times. Walked backwards from the end: before the
 * cursor, time belongs to the child that ended last, else to the span itself; a child that overlaps the one that
 * followed held nobody up. Several roots follow one another in the same way.
 */
export function findCriticalPath({ nodes }: TraceLayout<Waiting>): ReadonlyMap<number, readonly Stretch[]> {
  const path = new Map<number, Stretch[]>();
  const stack: Step[] = [];
  const roots = nodes.flatMap(({ parent, start, end }, position) =>
    parent === -1 ? [{ position, window: { from: start, to: end, shift: 0, end } }] : [],
  );
  takeBackwards(roots, Number.POSITIVE_INFINITY, (root) => stack.push(root));

  for (let step = stack.pop(); step; step = stack.pop()) {
    const { position, window } = step;
    const node = nodes[position]!;
    const stretches: Stretch[] = [];
    const own = (from: number, to: number) => {
      if (to > from) stretches.push({ from: from - window.shift, to: to - window.shift });
    };
    const children = node.children.flatMap((child): Step[] => {
      const part = blockingWindow(node, window, nodes[child]!);
      return part ? [{ position: child, window: part }] : [];
    });
    let cursor = window.to;
    takeBackwards(children, cursor, (child) => {
      own(child.window.to, cursor);
      stack.push(child);
      cursor = child.window.from;
    });
    own(window.from, cursor);
    path.set(position, stretches.reverse());
  }
  return path;
}

interface Step {
  position: number;
  window: Window;
}

/** From the one that ended last to the first, those that ended before the one taken before them began. */
function takeBackwards(spans: readonly Step[], until: number, take: (span: Step) => void): void {
  let cursor = until;
  // Of those that were cut off at one time, the one that really ended last.
  for (const span of spans.toSorted((a, b) => b.window.to - a.window.to || b.window.end - a.window.end)) {
    if (span.window.to > cursor) continue;
    take(span);
    cursor = span.window.from;
  }
}
