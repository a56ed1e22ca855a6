import type { HostStatus } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import type { ProblemKind } from '../../shared/problem-kinds';

type Listed = HostStatus['problems'];

/** Whatever fails of it, its cause is one: told once, under the kind's name, as long as any of them lasts. */
const ONE_CAUSE: ReadonlySet<ProblemKind> = new Set(['disk-full']);

/**
 * The problems of one owner, each under an id. What a process of the owner showed is over when that process is gone,
 * but what only a person can end: that stays until it is dismissed.
 */
export class ProblemBook {
  private readonly entries = new Map<string, { problem: Problem; run: number | null }>();

  /** Replaces an earlier one of this id; `run` numbers the process that shows it. */
  show(id: string, problem: Problem, run: number | null = null): void {
    this.entries.set(id, { problem, run });
  }

  solve(id: string): void {
    this.entries.delete(id);
  }

  get(id: string): Problem | undefined {
    return this.entries.get(id)?.problem;
  }

  /** The process of this number is gone. */
  endRun(run: number): void {
    for (const [id, entry] of this.entries) {
      if (entry.run === run && entry.problem.lifetime !== 'until-seen') this.entries.delete(id);
    }
  }

  /** False where there is none of this id, or one that ends by its cause alone. */
  dismiss(id: string): boolean {
    return this.get(id)?.lifetime === 'until-seen' && this.entries.delete(id);
  }

  list(): Listed {
    const listed = new Map<string, Listed[number]>();
    for (const [each, { problem }] of this.entries) {
      const id = ONE_CAUSE.has(problem.kind) ? problem.kind : each;
      if (!listed.has(id)) listed.set(id, { id, ...problem });
    }
    return [...listed.values()];
  }

  /** Something does not work now; what has happened and is over does not count. */
  get hurts(): boolean {
    return [...this.entries.values()].some(({ problem }) => problem.lifetime !== 'until-seen');
  }
}
