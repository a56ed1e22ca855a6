import type { Pace } from '../../pace/pace';
import type { FollowedTrace } from './followed-trace';
import { TraceFold } from './trace-fold';

interface Group {
  readonly traces: Map<string, FollowedTrace>;
  /** Of those that are in it; undefined where one came or went since. */
  fold: TraceFold | undefined;
}

/** A trace that comes or goes has so many folded again at most. */
const GROUP = 500;

/** Traces that were looked at, by their id. They are folded in groups, so that those of which nothing comes are folded once. */
export class FollowedTraces {
  /** Of all of them. */
  spans = 0;
  private readonly groupOf = new Map<string, Group>();
  private groups: Group[] = [];

  get size(): number {
    return this.groupOf.size;
  }

  has(id: string): boolean {
    return this.groupOf.has(id);
  }

  ids(): Iterable<string> {
    return this.groupOf.keys();
  }

  /** In place of what was kept of it before. */
  keep(trace: FollowedTrace): void {
    const id = trace.look.traceId;
    this.drop(id);
    const last = this.groups.at(-1);
    const group = last && last.traces.size < GROUP ? last : { traces: new Map(), fold: undefined };
    if (group !== last) this.groups.push(group);
    group.traces.set(id, trace);
    group.fold = undefined;
    this.groupOf.set(id, group);
    this.spans += trace.spans;
  }

  drop(id: string): void {
    const group = this.groupOf.get(id);
    if (!group) return;
    this.spans -= group.traces.get(id)!.spans;
    group.traces.delete(id);
    group.fold = undefined;
    this.groupOf.delete(id);
    if (group.traces.size === 0) this.groups = this.groups.filter((each) => each !== group);
  }

  /** Those of which every span began before. */
  dropBefore(startNs: bigint): void {
    for (const { traces } of this.groups) for (const [id, { lastNs }] of traces) if (lastNs < startNs) this.drop(id);
  }

  async fold(pace: Pace): Promise<TraceFold> {
    const whole = new TraceFold();
    for (const group of this.groups) {
      if (!group.fold) {
        const fold = new TraceFold();
        for (const trace of group.traces.values()) {
          fold.add(trace);
          if (pace.isDue()) await pace.turn();
        }
        group.fold = fold;
      }
      whole.addAll(group.fold);
      if (pace.isDue()) await pace.turn();
    }
    return whole;
  }
}
