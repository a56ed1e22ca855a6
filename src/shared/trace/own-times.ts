import { findOwnTime } from './find-own-time';
import type { TraceLayout } from './layout-trace';

/** How long each span worked while none of its children ran, nanoseconds by position. */
export function ownTimes(layout: TraceLayout<unknown>): number[] {
  return layout.nodes.map((_, position) =>
    findOwnTime(layout, position).reduce((sum, { from, to }) => sum + to - from, 0),
  );
}
