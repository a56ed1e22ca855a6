import type { Pace } from '../../../pace/pace';
import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';

/** No parent among the spans of the trace. */
const NONE = -1;
const ROOT_PARENT = -1;
/** A step with one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;

const known = new WeakMap<LoadedTrace, SpanTree>();

/**
 * The spans of a trace as nested sets: a span's interval encloses those of its descendants. Only spans that a chain of
 * parents joins to a root have one; those of a broken trace or of a circle of parents have the interval 0 to 0.
 */
export class SpanTree {
  private readonly lefts: Int32Array;
  private readonly rights: Int32Array;
  private readonly parents: Int32Array;

  private constructor(
    private readonly trace: LoadedTrace,
    private readonly indexes: ReadonlyMap<LoadedSpan, number>,
  ) {
    this.lefts = new Int32Array(trace.spans.length);
    this.rights = new Int32Array(trace.spans.length);
    this.parents = new Int32Array(trace.spans.length).fill(NONE);
  }

  /** Built once a trace, in time proportional to its spans. */
  static async of(trace: LoadedTrace, pace: Pace): Promise<SpanTree> {
    const existing = known.get(trace);
    if (existing) return existing;
    const steps = SpanTree.building(trace);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      if (pace.isDueAfter(SPAN)) await pace.turn();
    }
  }

  /** The same, without a turn for others where it is not built yet. */
  static now(trace: LoadedTrace): SpanTree {
    const existing = known.get(trace);
    if (existing) return existing;
    const steps = SpanTree.building(trace);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  private static *building(trace: LoadedTrace): Generator<undefined, SpanTree> {
    const indexes = new Map<LoadedSpan, number>();
    for (const span of trace.spans) {
      indexes.set(span, indexes.size);
      yield;
    }
    const tree = new SpanTree(trace, indexes);
    yield* tree.build();
    known.set(trace, tree);
    return tree;
  }

  indexOf(span: LoadedSpan): number {
    return this.indexes.get(span)!;
  }

  isJoined(index: number): boolean {
    return this.lefts[index] !== 0;
  }

  /** 1 and up, 0 of a span that is not joined to a root. */
  left(index: number): number {
    return this.lefts[index]!;
  }

  right(index: number): number {
    return this.rights[index]!;
  }

  /** Index of the parent of a joined span; `undefined` of a root. */
  parent(index: number): number | undefined {
    const parent = this.parents[index]!;
    return parent === NONE ? undefined : parent;
  }

  /** As the language has it: the parent's is the left bound of the parent, -1 of a root, 0 of a span that is not joined. */
  bound(name: 'nestedSetLeft' | 'nestedSetRight' | 'nestedSetParent', span: LoadedSpan): number {
    const index = this.indexOf(span);
    if (name === 'nestedSetLeft') return this.left(index);
    if (name === 'nestedSetRight') return this.right(index);
    if (!this.isJoined(index)) return 0;
    const parent = this.parent(index);
    return parent === undefined ? ROOT_PARENT : this.left(parent);
  }

  private *build(): Generator<undefined> {
    const { spans, bySpanId } = this.trace;
    // The children of a span are a list: its first, and from each the next.
    const firstChild = new Int32Array(spans.length).fill(NONE);
    const nextSibling = new Int32Array(spans.length).fill(NONE);
    const roots: number[] = [];
    for (let index = spans.length - 1; index >= 0; index--) {
      const { parentId } = spans[index]!;
      if (parentId === 0n) roots.push(index);
      else {
        const parent = bySpanId.get(parentId);
        if (parent) {
          const at = this.indexOf(parent);
          this.parents[index] = at;
          nextSibling[index] = firstChild[at]!;
          firstChild[at] = index;
        }
      }
      yield;
    }
    let bound = 1;
    for (const root of roots.reverse()) {
      let at: number | undefined = root;
      this.lefts[root] = bound++;
      // Down to a child that is not numbered yet, or up: no recursion, as traces are thousands of spans deep.
      while (at !== undefined) {
        const child = firstChild[at]!;
        if (child === NONE) {
          this.rights[at] = bound++;
          at = this.parent(at);
        } else {
          firstChild[at] = nextSibling[child]!;
          this.lefts[child] = bound++;
          at = child;
        }
        yield;
      }
    }
  }
}
