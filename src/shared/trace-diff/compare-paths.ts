import type { TraceLayout } from '../trace/layout-trace';
import { type MergedPath, mergePaths } from '../trace-paths/merge-paths';

/** What one trace has at a path: spans, and nanoseconds added up. */
export interface PathSide {
  readonly spans: readonly number[];
  readonly failed: number;
  readonly total: number;
  readonly own: number;
}

/** A path of one of two traces or of both, from the roots down; what is below a path follows it. */
export interface ComparedPath {
  readonly service: string;
  readonly kind: MergedPath['kind'];
  readonly name: string;
  readonly depth: number;
  /** Index of the path above; -1 for none. */
  readonly parent: number;
  readonly before: PathSide | null;
  readonly after: PathSide | null;
  readonly change: PathChange;
  /** Something below it is new, gone, fails or takes longer or less long. */
  readonly changedBelow: boolean;
}

/** The first of these that holds. */
export type PathChange = 'new' | 'gone' | 'fails' | 'recovered' | 'slower' | 'faster' | 'more' | 'fewer' | 'same';

/** Times differ when they do so by more than a fifth and a millisecond, as in `makeTracePatch`. */
const share = 0.2;
const leastNs = 1e6;

/** The paths of two traces as one tree, siblings in the order of the second trace, those that are gone after them. */
export function comparePaths(base: TraceLayout, other: TraceLayout): ComparedPath[] {
  const [before, after] = [mergePaths(base), mergePaths(other)];
  const compared: (ComparedPath & { changedBelow: boolean })[] = [];
  interface Step {
    readonly was: number;
    readonly is: number;
    readonly depth: number;
    readonly parent: number;
  }
  const pairs = (was: readonly number[], is: readonly number[], depth: number, parent: number): Step[] => {
    const byKey = new Map(was.map((index) => [keyOf(before[index]!), index]));
    const steps = is.map((index): Step => {
      const key = keyOf(after[index]!);
      const partner = byKey.get(key) ?? -1;
      byKey.delete(key);
      return { was: partner, is: index, depth, parent };
    });
    return [...steps, ...[...byKey.values()].map((index): Step => ({ was: index, is: -1, depth, parent }))];
  };
  const rootsOf = (paths: readonly MergedPath[]) =>
    paths.flatMap(({ parent }, index) => (parent === -1 ? [index] : []));
  const stack = pairs(rootsOf(before), rootsOf(after), 0, -1).reverse();
  for (let step = stack.pop(); step; step = stack.pop()) {
    const [was, is] = [before[step.was], after[step.is]];
    const { service, kind, name } = (is ?? was)!;
    const index = compared.length;
    compared.push({
      ...{ service, kind, name, depth: step.depth, parent: step.parent },
      before: was ? sideOf(was) : null,
      after: is ? sideOf(is) : null,
      change: changeOf(was, is),
      changedBelow: false,
    });
    stack.push(...pairs(was?.children ?? [], is?.children ?? [], step.depth + 1, index).reverse());
  }
  for (const path of compared.toReversed()) {
    if (path.parent !== -1 && (path.change !== 'same' || path.changedBelow)) compared[path.parent]!.changedBelow = true;
  }
  return compared;
}

function keyOf({ service, kind, name }: MergedPath): string {
  return `${service}\u0000${kind}\u0000${name}`;
}

function sideOf({ spans, failed, total, own }: MergedPath): PathSide {
  return { spans, failed, total, own };
}

function changeOf(was: MergedPath | undefined, is: MergedPath | undefined): PathChange {
  if (!was) return 'new';
  if (!is) return 'gone';
  if (is.failed > was.failed) return 'fails';
  if (is.failed < was.failed) return 'recovered';
  if (Math.abs(is.total - was.total) > leastNs + share * Math.max(is.total, was.total))
    return is.total > was.total ? 'slower' : 'faster';
  if (is.spans.length !== was.spans.length) return is.spans.length > was.spans.length ? 'more' : 'fewer';
  return 'same';
}
