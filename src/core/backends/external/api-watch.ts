import type { Problem } from '../../../shared/problem';
import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';

export interface ApiWatchOptions {
  /** Asks once; null where it answers as it should. Ends early with the signal. */
  probe(signal: AbortSignal): Promise<Problem | null>;
  onChange(): void;
  log: HostLog;
  /** Between two looks at an API that answers; one that does not is asked ever less often. */
  everyMs?: number;
  slowestMs?: number;
}

/** What is known of an API; null before the first answer. */
type Health = { problem: Problem | null } | null;

/** Looks again and again whether an API answers. */
export class ApiWatch {
  health: Health = null;
  private run: AbortController | null = null;
  private timer: NodeJS.Timeout | undefined;
  private first: Promise<void> = Promise.resolve();

  constructor(private readonly options: ApiWatchOptions) {}

  /** Asks at once, whatever was known is forgotten. */
  start(): void {
    this.stop();
    const run = new AbortController();
    this.run = run;
    this.first = this.look(run, this.options.everyMs ?? 5_000).catch((error) => {
      if (!run.signal.aborted) throw error;
    });
    inBackground('external backend: look', this.first, this.options.log);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.run?.abort();
    this.run = null;
    this.health = null;
  }

  /** Resolves when the look that was begun last by `start` has its answer. */
  settled(): Promise<void> {
    return this.first.catch(() => {});
  }

  private async look(run: AbortController, pauseMs: number): Promise<void> {
    const problem = await this.options.probe(run.signal);
    if (run.signal.aborted) return;
    const changed = this.health === null || JSON.stringify(this.health.problem) !== JSON.stringify(problem);
    this.health = { problem };
    const everyMs = this.options.everyMs ?? 5_000;
    const next = problem ? Math.min(this.options.slowestMs ?? 30_000, pauseMs * 2) : everyMs;
    this.timer = setTimeout(
      () => inBackground('external backend: look', this.again(run, next), this.options.log),
      problem ? pauseMs : everyMs,
    ).unref();
    if (changed) this.options.onChange();
  }

  private async again(run: AbortController, pauseMs: number): Promise<void> {
    try {
      await this.look(run, pauseMs);
    } catch (error) {
      if (!run.signal.aborted) throw error;
    }
  }
}
