import type { TraceLayout } from '../../../shared/trace/layout-trace';
import type { SpanLinks } from '../counting/link-spans';
import { compareStarts, digitsOf, type SpanRows } from '../counting/span-rows';
import type { RowSpan } from './row-span';

type Node = {
  -readonly [Key in keyof TraceLayout<RowSpan>['nodes'][number]]: TraceLayout<RowSpan>['nodes'][number][Key];
};

export interface LinkedTrace extends Pick<SpanLinks, 'parents'> {
  readonly rows: SpanRows;
  /** Of one trace, in the order of their arrival, each id once and without a circle of parents; not empty. */
  readonly list: readonly number[];
  readonly spanOf: (row: number) => RowSpan;
}

/** As `layoutTrace`, of rows that are linked already. */
export function layOutRows({ rows, parents, list, spanOf }: LinkedTrace): TraceLayout<RowSpan> {
  const byStart = list.toSorted((a, b) => compareStarts(rows, a, b));
  const first = byStart[0]!;
  const tops: number[] = [];
  const below = new Map<number, number[]>();
  for (const row of byStart) {
    const parent = parents[row]!;
    if (parent < 0) {
      tops.push(row);
      continue;
    }
    const siblings = below.get(parent);
    if (siblings) siblings.push(row);
    else below.set(parent, [row]);
  }
  const nodes: Node[] = [];
  let [lasted, maxDepth] = [0, 0];
  const stack: { row: number; parent: number; depth: number }[] = [];
  const push = (waiting: readonly number[], parent: number, depth: number) => {
    for (let at = waiting.length - 1; at >= 0; at--) stack.push({ row: waiting[at]!, parent, depth });
  };
  push(tops, -1, 0);
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { row, parent, depth } = next;
    const position = nodes.length;
    const start = nanosAfter(rows, first, row);
    const end = start + rows.durationNs[row]!;
    const orphan = depth === 0 && (rows.parentId[2 * row] !== 0 || rows.parentId[2 * row + 1] !== 0);
    nodes.push({ span: spanOf(row), depth, start, end, children: [], parent, descendants: 0, orphan });
    if (parent >= 0) (nodes[parent]!.children as number[]).push(position);
    if (end > lasted) lasted = end;
    if (depth > maxDepth) maxDepth = depth;
    const children = below.get(row);
    if (children) push(children, position, depth + 1);
  }
  for (let position = nodes.length - 1; position >= 0; position--) {
    const { parent, descendants } = nodes[position]!;
    if (parent >= 0) nodes[parent]!.descendants += descendants + 1;
  }
  return { nodes, lasted, duration: Math.max(1, lasted), startNs: digitsOf(rows.startNs, first), maxDepth };
}

function nanosAfter({ startNs }: SpanRows, from: number, row: number): number {
  return (startNs[2 * row + 1]! - startNs[2 * from + 1]!) * 2 ** 32 + (startNs[2 * row]! - startNs[2 * from]!);
}
