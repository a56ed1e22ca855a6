import type { Span } from '../../../shared/contract/telemetry';
import { formatDuration } from '../../../shared/format-duration';
import { groupBy } from '../../../shared/group-by';
import { normalizeName } from '../../../shared/shapes/normalize-name';
import { timingLabels } from '../../../shared/trace/describe-timing';
import type { Stretch } from '../../../shared/trace/find-critical-path';
import type { SpanNode, TraceLayout } from '../../../shared/trace/layout-trace';

/** Of siblings that did the same, so many or more are one line. */
const alike = 3;
const deepest = 16;

interface Tree {
  layout: TraceLayout;
  critical: ReadonlyMap<number, readonly Stretch[]>;
  /** Of a span's id, enough to tell it from the others of its trace. */
  short(spanId: string): string;
}

/** The tree of a trace, a line each: who did what, how long, of that by itself, and how long the whole waited for it. */
export function describeTree({ layout, critical, short }: Tree): string[] {
  const { nodes } = layout;
  const signatures = signaturesOf(nodes);
  const lines: string[] = [];
  const add = (position: number, others: readonly number[]) => {
    const { span, depth, children } = nodes[position]!;
    const all = [position, ...others];
    const sum = (of: (position: number) => number) => formatDuration(all.reduce((total, each) => total + of(each), 0));
    const once = span.timing ? `(${timingLabels[span.timing]})` : formatDuration(span.durationNs);
    const took =
      others.length > 0
        ? `×${all.length}, together ${sum((each) => nodes[each]!.span.durationNs)}, slowest ${once}`
        : once;
    const self = children.length > 0 && !span.timing ? `, self ${sum((each) => selfTime(nodes[each]!, nodes))}` : '';
    const isCritical = all.some((each) => lengthOf(critical.get(each) ?? []) > 0);
    const path = isCritical ? `, critical ${sum((each) => lengthOf(critical.get(each) ?? []))}` : '';
    const failed = span.status.code === 'error' ? ` FAILED ${span.status.message}` : '';
    const indent = '  '.repeat(Math.min(depth, deepest));
    lines.push(`${indent}${span.service} ${span.name} ${took}${self}${path} #${short(span.spanId)}${failed}`);
  };
  const stack: { position: number; others: readonly number[] }[] = [];
  const push = (positions: readonly number[]) => {
    for (const group of grouped(positions, signatures, nodes).toReversed()) stack.push(group);
  };
  push(nodes.flatMap(({ parent }, position) => (parent === -1 ? [position] : [])));
  for (let next = stack.pop(); next; next = stack.pop()) {
    add(next.position, next.others);
    push(nodes[next.position]!.children);
  }
  return lines;
}

/** Siblings that did the same become one group at the place of the first, told by the slowest of them. */
function grouped(
  positions: readonly number[],
  signatures: readonly string[],
  nodes: readonly SpanNode[],
): { position: number; others: readonly number[] }[] {
  return [...groupBy(positions, (position) => signatures[position]!).values()].flatMap((group) => {
    if (group.length < alike) return group.map((position) => ({ position, others: [] }));
    const slowest = group.reduce((a, b) => (nodes[b]!.span.durationNs > nodes[a]!.span.durationNs ? b : a));
    return [{ position: slowest, others: group.filter((position) => position !== slowest) }];
  });
}

/** What a span and all below it did, however often: the same for two that differ in times and ids alone. */
function signaturesOf(nodes: readonly SpanNode[]): string[] {
  const known = new Map<string, string>();
  const signatures: string[] = [];
  for (let position = nodes.length - 1; position >= 0; position--) {
    const { span, children } = nodes[position]!;
    const below = [...new Set(children.map((child) => signatures[child]!))].sort();
    const key = JSON.stringify([span.service, normalizeName(span.name), span.kind, span.status, span.timing, below]);
    // Numbered: a deep tree would else be written out at each level.
    const number = known.get(key) ?? String(known.size);
    known.set(key, number);
    signatures[position] = number;
  }
  return signatures;
}

/** What a span took while none below it ran. */
function selfTime({ start, end, children }: SpanNode, nodes: readonly SpanNode[]): number {
  let self = end - start;
  let covered = start;
  for (const child of children) {
    const below = nodes[child]!;
    const from = Math.max(covered, below.start);
    const to = Math.min(end, below.end);
    if (to > from) self -= to - from;
    covered = Math.max(covered, to);
  }
  return Math.max(0, self);
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The shortest start of ids that tells the spans of a trace apart, four digits at least. */
export function shortSpanIds(spans: readonly Pick<Span, 'spanId'>[]): (spanId: string) => string {
  for (let length = 4; length < 16; length += 2) {
    if (new Set(spans.map(({ spanId }) => spanId.slice(0, length))).size === spans.length)
      return (spanId) => spanId.slice(0, length);
  }
  return (spanId) => spanId;
}
