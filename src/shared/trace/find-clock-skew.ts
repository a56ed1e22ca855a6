import type { Span } from '../contract/telemetry';
import type { SpanNode, TraceLayout } from './layout-trace';

/** A clock that shows a later time than another, as far as the spans of a trace tell. */
export interface ClockSkew {
  readonly ahead: string;
  readonly behind: string;
  /** Nanoseconds. */
  readonly by: number;
}

type Timed = Pick<Span, 'service' | 'kind' | 'timing'>;

/** Clocks of one machine differ by less, and so do spans that are measured at different places of one call. */
const LEAST_NS = 1e6;

/**
 * Pairs of services whose clocks cannot both be right: a call began before its caller, or went on after a caller that
 * waited for it. The call is taken to lie in the middle of its caller, as NTP does. The largest first.
 */
export function findClockSkew({ nodes }: TraceLayout<Timed>): ClockSkew[] {
  const offsets = new Map<string, { parent: string; child: string; offsets: number[] }>();
  for (const child of nodes) {
    const parent = nodes[child.parent];
    if (!parent || parent.span.service === child.span.service || !isTimed(child) || !isTimed(parent)) continue;
    const offset = offsetOf(parent, child);
    if (offset === undefined) continue;
    const key = JSON.stringify([parent.span.service, child.span.service]);
    const pair = offsets.get(key) ?? { parent: parent.span.service, child: child.span.service, offsets: [] };
    offsets.set(key, pair);
    pair.offsets.push(offset);
  }
  return [...offsets.values()]
    .map(({ parent, child, offsets: of }) => {
      const by = of.toSorted((a, b) => a - b)[of.length >> 1]!;
      return by > 0 ? { ahead: child, behind: parent, by } : { ahead: parent, behind: child, by: -by };
    })
    .sort((a, b) => b.by - a.by);
}

/** How far the clock of the child is ahead of its parent's, negative where behind; undefined where nothing says so. */
function offsetOf(parent: SpanNode<Timed>, child: SpanNode<Timed>): number | undefined {
  const early = parent.start - child.start;
  const late = child.end - parent.end;
  // Whoever only sent a message does not wait; of a call that outlasts its caller, its start alone says something.
  const waits =
    parent.span.kind === 'client' &&
    child.span.kind === 'server' &&
    child.end - child.start <= parent.end - parent.start;
  if (waits && (early >= LEAST_NS || late >= LEAST_NS)) return (late - early) / 2;
  return early >= LEAST_NS ? -early : undefined;
}

function isTimed({ span }: SpanNode<Timed>): boolean {
  return span.timing === undefined;
}
