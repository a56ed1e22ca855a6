import type { Attribute } from '../contract/telemetry';
import { perView } from '../shapes/per-view';
import type { SpanFacts } from '../shapes/span-facts';
import type { TraceView } from '../shapes/trace-view';
import { runsByItself } from '../trace/blocking-window';

export interface DeepestFailure {
  readonly position: number;
  /** The span above that did not fail; -1 where the failure went on to the top. */
  readonly handledBy: number;
  /** The one above had ended already: nobody waited for it. */
  readonly unawaited: boolean;
  /** `TypeError`, or what stands for it; empty where nothing tells it. */
  readonly type: string;
  readonly message: string;
}

const none: readonly DeepestFailure[] = [];

/** Spans that failed, or that recorded an exception, and below which none did. Of a call that was sent again with success, none. */
export const deepestFailures = perView((view): readonly DeepestFailure[] => {
  const { nodes } = view.layout;
  const isWrong = ({ span: { events } }: { span: SpanFacts }, at: number) =>
    view.readings[at]!.failed || (events.length > 0 && events.some(isException));
  if (!nodes.some(isWrong)) return none;
  const wrong = nodes.map(isWrong);
  for (const at of nodes.keys()) if (wrong[at] && givesWhatFailed(view, at)) wrong[at] = false;
  const above = new Set<number>();
  for (const [at, node] of nodes.entries())
    if (wrong[at]) for (let up = node.parent; up >= 0 && !above.has(up); up = nodes[up]!.parent) above.add(up);
  const deepest = nodes.flatMap((_, position) =>
    wrong[position] && !above.has(position) && !wasMended(view, position) ? [position] : [],
  );
  const toldAbove = toldOverGaps(view, deepest);
  return deepest.map((position): DeepestFailure => {
    const node = nodes[position]!;
    const { failed } = view.readings[position]!;
    const from = toldAbove.get(position) ?? (failed ? position : undefined);
    const handledBy = from === undefined ? position : firstThatDidNotFail(view, from);
    const parent = handledBy >= 0 && handledBy !== position ? nodes[handledBy]! : undefined;
    const event = node.span.events.find(isException);
    const read = (key: string) => textOf(event?.attributes, key);
    return {
      position,
      handledBy,
      unawaited: parent !== undefined && node.end > parent.end && node.span.service === parent.span.service,
      type: read('exception.type') || textOf(node.span.attributes, 'error.type') || statusOf(view, position),
      message: read('exception.message') || node.span.status.message,
    };
  });
});

/**
 * Failures by the request that failed because of them, where not all that stands between says so, as a router's middleware does not:
 * the newest one in a request that failed, of which no failure is told from span to span.
 */
function toldOverGaps(view: TraceView, deepest: readonly number[]): Map<number, number> {
  const { nodes } = view.layout;
  const newest = new Map<number, number>();
  const explained = new Set<number>();
  for (const position of deepest) {
    const request = requestAbove(view, position);
    if (request === -1 || !view.readings[request]!.failed) continue;
    if (isToldUpTo(view, position, request)) explained.add(request);
    const other = newest.get(request);
    if (other === undefined || nodes[position]!.start > nodes[other]!.start) newest.set(request, position);
  }
  return new Map(
    [...newest].flatMap(([request, position]) => (explained.has(request) ? [] : [[position, request] as const])),
  );
}

/** The nearest request above of the same program; -1 where there is none. */
function requestAbove({ layout: { nodes } }: TraceView, position: number): number {
  const { service } = nodes[position]!.span;
  for (let at = nodes[position]!.parent; at !== -1 && nodes[at]!.span.service === service; at = nodes[at]!.parent)
    if (nodes[at]!.span.kind === 'server' || nodes[at]!.span.kind === 'consumer') return at;
  return -1;
}

/** It has nothing to tell but that it failed, in a request that recorded why: it sends that answer. */
function givesWhatFailed(view: TraceView, position: number): boolean {
  const { nodes } = view.layout;
  const { kind, events, status } = nodes[position]!.span;
  if (kind !== 'internal' || status.message !== '' || events.some(isException)) return false;
  const request = requestAbove(view, position);
  return request !== -1 && nodes[request]!.span.events.some(isException) && isToldUpTo(view, position, request);
}

function isToldUpTo({ layout: { nodes }, readings }: TraceView, position: number, request: number): boolean {
  for (let at = position; at !== request; at = nodes[at]!.parent) if (!readings[at]!.failed) return false;
  return true;
}

function isException({ name }: { name: string }): boolean {
  return name === 'exception';
}

/** Whoever takes a message runs by himself: what fails there is not told to who sent it. */
function firstThatDidNotFail(view: TraceView, position: number): number {
  const { nodes } = view.layout;
  for (let at = position; ; ) {
    const { parent } = nodes[at]!;
    if (parent === -1 || runsByItself(nodes[parent]!, nodes[at]!)) return -1;
    if (!view.readings[parent]!.failed) return parent;
    at = parent;
  }
}

/** A later call of the same kind next to it went well, as a repeat of this one. */
function wasMended(view: TraceView, position: number): boolean {
  const { nodes } = view.layout;
  const { parent, span } = nodes[position]!;
  const siblings = parent === -1 ? [] : nodes[parent]!.children;
  const own = view.readings[position]!;
  return siblings.some((at) => {
    const reading = view.readings[at]!;
    const same = reading.name === own.name && reading.asked === own.asked && nodes[at]!.span.service === span.service;
    return same && !reading.failed && view.retries.has(at) && nodes[at]!.start >= nodes[position]!.end;
  });
}

function statusOf(view: TraceView, position: number): string {
  const { statusCode } = view.readings[position]!;
  return statusCode >= 400 ? String(statusCode) : '';
}

function textOf(attributes: readonly Attribute[] | undefined, key: string): string {
  const value = attributes?.find((attribute) => attribute.key === key)?.value;
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}
