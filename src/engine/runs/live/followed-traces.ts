import type { LostCalls } from '../../../shared/findings/call-sides';
import type { Pace } from '../../pace/pace';
import { FollowedCalls } from './followed-calls';
import type { FollowedTrace } from './followed-trace';
import { TraceFold } from './trace-fold';

interface Group {
  /** In the order in which they were begun. */
  readonly number: number;
  readonly traces: Map<string, FollowedTrace>;
}

/** A trace that comes or goes has so many folded again at most, and so many folds on each level above. */
const GROUP = 64;
const BRANCHES_BITS = 2;

/**
 * Traces that were looked at, by their id. They are folded in groups, those together in fours, these again, and so on: what comes or goes
 * has only those folds made again that it stands in.
 */
export class FollowedTraces {
  /** Of all of them. */
  spans = 0;
  private readonly groupOf = new Map<string, Group>();
  /** By their number, in their order. */
  private readonly groups = new Map<number, Group>();
  private newest: Group | undefined;
  /** Of groups on the lowest level, on each above of four of the level below, by number. */
  private readonly folds: Map<number, TraceFold>[] = [];
  private readonly calls = new FollowedCalls();

  get size(): number {
    return this.groupOf.size;
  }

  has(id: string): boolean {
    return this.groupOf.has(id);
  }

  /** Of their ids. */
  lowerHalves(): bigint[] {
    const halves: bigint[] = [];
    for (const { traces } of this.groups.values()) for (const { lowerHalf } of traces.values()) halves.push(lowerHalf);
    return halves;
  }

  /** In place of what was kept of it before. */
  keep(trace: FollowedTrace): void {
    const id = trace.look.traceId;
    this.drop(id);
    if (!this.newest || this.newest.traces.size >= GROUP)
      this.newest = { number: (this.newest?.number ?? -1) + 1, traces: new Map() };
    const group = this.newest;
    group.traces.set(id, trace);
    this.groups.set(group.number, group);
    this.groupOf.set(id, group);
    this.spans += trace.spans;
    this.calls.add(id, trace.halves);
    this.changed(group);
  }

  drop(id: string): void {
    const group = this.groupOf.get(id);
    if (!group) return;
    this.spans -= group.traces.get(id)!.spans;
    group.traces.delete(id);
    this.groupOf.delete(id);
    this.calls.drop(id);
    this.changed(group);
    if (group.traces.size === 0) this.groups.delete(group.number);
  }

  /** Those of which every span began before. */
  dropBefore(startNs: bigint): void {
    for (const { traces } of this.groups.values())
      for (const [id, { lastNs }] of traces) if (lastNs < startNs) this.drop(id);
  }

  async fold(pace: Pace): Promise<{ fold: TraceFold; lost: LostCalls[] }> {
    const fold = new TraceFold();
    const [oldest, newest] = [this.groups.keys().next().value, this.newest?.number];
    if (oldest !== undefined && newest !== undefined) {
      let level = 0;
      while (oldest >>> (BRANCHES_BITS * level) !== newest >>> (BRANCHES_BITS * level)) level++;
      const folded = await this.foldOf(level, newest >>> (BRANCHES_BITS * level), pace);
      // What is kept stays as it is.
      if (folded) fold.addAll(folded);
    }
    if (pace.isDue()) await pace.turn();
    return { fold, lost: this.calls.lost() };
  }

  /** Undefined where there is no trace. */
  private async foldOf(level: number, number: number, pace: Pace): Promise<TraceFold | undefined> {
    this.folds[level] ??= new Map();
    const folds = this.folds[level];
    const known = folds.get(number);
    if (known) return known;
    const fold = level === 0 ? await this.foldGroup(number, pace) : await this.foldBranches(level, number, pace);
    if (fold) folds.set(number, fold);
    return fold;
  }

  private async foldGroup(number: number, pace: Pace): Promise<TraceFold | undefined> {
    const group = this.groups.get(number);
    if (!group) return undefined;
    const fold = new TraceFold();
    for (const trace of group.traces.values()) {
      fold.add(trace);
      if (pace.isDue()) await pace.turn();
    }
    return fold;
  }

  private async foldBranches(level: number, number: number, pace: Pace): Promise<TraceFold | undefined> {
    const branches: TraceFold[] = [];
    for (let at = number << BRANCHES_BITS; at < (number + 1) << BRANCHES_BITS; at++) {
      const branch = await this.foldOf(level - 1, at, pace);
      if (branch) branches.push(branch);
    }
    if (branches.length <= 1) return branches[0];
    const fold = new TraceFold();
    for (const branch of branches) {
      fold.addAll(branch);
      if (pace.isDue()) await pace.turn();
    }
    return fold;
  }

  private changed({ number }: Group): void {
    for (const [level, folds] of this.folds.entries()) folds.delete(number >>> (BRANCHES_BITS * level));
  }
}
