import type { Span } from '../contract/telemetry';
import { readSpan } from '../shapes/read-span';
import type { TraceLayout } from '../trace/layout-trace';
import { ownTimes } from '../trace/own-times';

/** Spans that do the same under the same: of one service, kind and name, below spans that are alike themselves. */
export interface MergedPath {
  readonly service: string;
  readonly kind: Span['kind'];
  /** Without what differs from call to call. */
  readonly name: string;
  readonly depth: number;
  /** Index of the path above; -1 for none. It is always less than the path's own. */
  readonly parent: number;
  readonly children: readonly number[];
  /** Positions in `TraceLayout.nodes`. */
  readonly spans: readonly number[];
  readonly failed: number;
  /** Nanoseconds, added up: how long they took, and how long without what is below them. */
  readonly total: number;
  readonly own: number;
  /** Own time of these and of all below, so that a path is as long as its own time and its children together. */
  readonly work: number;
}

type Draft = { -readonly [Key in keyof MergedPath]: MergedPath[Key] } & { children: number[]; spans: number[] };

/** A trace as the tree of its paths, each with all of its spans. Own times of spans are in nanoseconds by position. */
export function mergePaths(layout: TraceLayout, own = ownTimes(layout)): MergedPath[] {
  const paths: Draft[] = [];
  const pathOf: number[] = [];
  const known = new Map<string, number>();
  for (const [position, { span, parent }] of layout.nodes.entries()) {
    const above = parent === -1 ? -1 : pathOf[parent]!;
    const { name } = readSpan(span);
    const key = `${above}\u0000${span.service}\u0000${span.kind}\u0000${name}`;
    let index = known.get(key);
    if (index === undefined) {
      index = paths.length;
      known.set(key, index);
      const depth = above === -1 ? 0 : paths[above]!.depth + 1;
      const { service, kind } = span;
      paths.push({
        ...{ service, kind, name, depth, parent: above, children: [], spans: [] },
        ...{ failed: 0, total: 0, own: 0, work: 0 },
      });
      if (above !== -1) paths[above]!.children.push(index);
    }
    pathOf[position] = index;
    const path = paths[index]!;
    path.spans.push(position);
    path.total += span.durationNs;
    path.own += own[position]!;
    if (span.status.code === 'error') path.failed += 1;
  }
  for (const path of paths.toReversed()) {
    path.work += path.own;
    if (path.parent !== -1) paths[path.parent]!.work += path.work;
  }
  return paths;
}
