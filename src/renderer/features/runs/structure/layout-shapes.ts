import { compareTexts } from '../../../../shared/compare-texts';
import { groupBy } from '../../../../shared/group-by';
import type { RequestShape, RunTelemetry, SpanShape } from '../../../../shared/runs/run-summary';

export interface ShapeRow {
  /** Levels below the root of its request. */
  depth: number;
  request: string;
  service: string;
  kind: SpanShape['kind'];
  name: string;
  /** Of the run that is compared with, where there is one. */
  before?: SpanShape | undefined;
  after?: SpanShape | undefined;
  /** `service kind name` of its parent, where that one is not above it: it was left out, or is below itself. */
  below?: string;
}

export interface RequestTree {
  request: string;
  before?: RequestShape | undefined;
  after?: RequestShape | undefined;
  /** From the root down, what took longest first among the children of one parent. */
  rows: ShapeRow[];
}

type Merged = Omit<ShapeRow, 'depth' | 'below'> & { parent: string };

/** The shapes of one run, or of two as one, as a tree for each kind of request. Each shape stands in it once. */
export function layoutShapes(after: RunTelemetry, before?: RunTelemetry): RequestTree[] {
  const requests = new Map<string, RequestTree>();
  const at = (request: string) => {
    const tree = requests.get(request) ?? { request, rows: [] };
    requests.set(request, tree);
    return tree;
  };
  for (const each of after.requests) at(each.request).after = each;
  for (const each of before?.requests ?? []) at(each.request).before = each;
  for (const [request, shapes] of mergeShapes(after.shapes, before?.shapes ?? [])) {
    at(request).rows = layoutRequest(shapes);
  }
  return [...requests.values()].sort(
    (one, other) => totalOf(other) - totalOf(one) || compareTexts(one.request, other.request),
  );
}

function mergeShapes(after: readonly SpanShape[], before: readonly SpanShape[]): Map<string, Merged[]> {
  const merged = new Map<string, Merged>();
  for (const [side, shapes] of [
    ['after', after],
    ['before', before],
  ] as const) {
    for (const shape of shapes) {
      const { request, parent, service, kind, name } = shape;
      const key = JSON.stringify([request, parent, service, kind, name]);
      merged.set(key, { ...(merged.get(key) ?? { request, parent, service, kind, name }), [side]: shape });
    }
  }
  return groupBy(merged.values(), ({ request }) => request);
}

function layoutRequest(shapes: readonly Merged[]): ShapeRow[] {
  const children = groupBy(shapes.toSorted(bySlowest), ({ parent }) => parent);
  const known = new Set(shapes.map(ownKey));
  const rows: ShapeRow[] = [];
  const placed = new Set<Merged>();
  const place = (first: Merged, below?: string) => {
    const waiting: [Merged, number, string | undefined][] = [[first, 0, below]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [shape, depth, parent] = next;
      if (placed.has(shape)) continue;
      placed.add(shape);
      const { parent: _parent, ...row } = shape;
      rows.push({ ...row, depth, ...(parent !== undefined && { below: parent }) });
      const key = ownKey(shape);
      // Of equal parents in several places a summary does not say which: the first one has them.
      for (const child of (children.get(key) ?? []).toReversed()) waiting.push([child, depth + 1, undefined]);
    }
  };
  for (const root of children.get('') ?? []) place(root);
  for (const [parent, below] of children) if (!known.has(parent)) for (const shape of below) place(shape, parent);
  // What is left are parents of each other.
  for (const shape of shapes) if (!placed.has(shape)) place(shape, shape.parent);
  return rows;
}

function ownKey({ service, kind, name }: Merged): string {
  return `${service} ${kind} ${name}`;
}

function bySlowest(one: Merged, other: Merged): number {
  return totalOf(other) - totalOf(one) || compareTexts(ownKey(one), ownKey(other));
}

function totalOf({ before, after }: Pick<RequestTree, 'before' | 'after'> | Merged): number {
  return Math.max(before?.durations.totalNs ?? 0, after?.durations.totalNs ?? 0);
}
