import type { Attribute } from '../contract/telemetry';
import { perView } from '../shapes/per-view';
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

/** Spans that failed, or that recorded an exception, and below which none did. Of a call that was sent again with success, none. */
export const deepestFailures = perView((view): readonly DeepestFailure[] => {
  const { nodes } = view.layout;
  let any = false;
  const wrong = nodes.map(({ span }, at) => {
    const is = view.readings[at]!.failed || (span.events.length > 0 && span.events.some(isException));
    any ||= is;
    return is;
  });
  if (!any) return [];
  const above = new Set<number>();
  for (const [at, node] of nodes.entries())
    if (wrong[at]) for (let up = node.parent; up >= 0 && !above.has(up); up = nodes[up]!.parent) above.add(up);
  return nodes.flatMap((node, position): DeepestFailure[] => {
    if (!wrong[position] || above.has(position) || wasMended(view, position)) return [];
    const { failed } = view.readings[position]!;
    const handledBy = failed ? firstThatDidNotFail(view, position) : position;
    const parent = handledBy >= 0 && handledBy !== position ? nodes[handledBy]! : undefined;
    const event = node.span.events.find(isException);
    const read = (key: string) => textOf(event?.attributes, key);
    return [
      {
        position,
        handledBy,
        unawaited: parent !== undefined && node.end > parent.end && node.span.service === parent.span.service,
        type: read('exception.type') || textOf(node.span.attributes, 'error.type') || statusOf(view, position),
        message: read('exception.message') || node.span.status.message,
      },
    ];
  });
});

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
