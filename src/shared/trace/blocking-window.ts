import type { Span } from '../contract/telemetry';
import type { SpanNode } from './layout-trace';

/** What tells who waits for whom. */
export type Waiting = Pick<Span, 'service' | 'kind'>;

/** Where a child stands in its parent's time, nanoseconds; what lies outside of its parent is cut off. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** What was added to the span's own times, because its clock differs from its parent's. */
  readonly shift: number;
  /** Its end before it was cut off. */
  readonly end: number;
}

/**
 * The part of a child during which its parent may have waited for it, as Jaeger cuts it: a child that begins before its
 * parent or ends after it counts from or until then, and one that lies outside not at all. Null: nobody waited for it.
 *
 * Two things that Jaeger's rule alone would get wrong: a message's consumer in another service runs by itself, however
 * its times lie; and a called service whose clock is so wrong that most of it would be cut off is put into the middle of
 * its call.
 */
export function blockingWindow(parent: SpanNode<Waiting>, within: Window, child: SpanNode<Waiting>): Window | null {
  if (runsByItself(parent, child)) return null;
  const shift = within.shift + clockShift(parent, within, child);
  const from = Math.max(child.start + shift, within.from);
  const end = child.end + shift;
  const to = Math.min(end, within.to);
  return to > from ? { from, to, shift, end } : null;
}

export function runsByItself({ span: parent }: SpanNode<Waiting>, { span: child }: SpanNode<Waiting>): boolean {
  return child.kind === 'consumer' && (parent.kind === 'producer' || parent.service !== child.service);
}

function clockShift(parent: SpanNode<Waiting>, { shift }: Window, child: SpanNode<Waiting>): number {
  const length = child.end - child.start;
  const isCall =
    parent.span.kind === 'client' && child.span.kind === 'server' && parent.span.service !== child.span.service;
  const [from, to] = [parent.start + shift, parent.end + shift];
  const start = child.start + shift;
  if (!isCall || length === 0 || length > to - from) return 0;
  const kept = Math.min(start + length, to) - Math.max(start, from);
  return kept >= length / 2 ? 0 : (from + to - length) / 2 - start;
}
