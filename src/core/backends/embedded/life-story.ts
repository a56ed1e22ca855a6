import type { HostLog } from '../../log/host-log';
import type { ProblemBook } from '../../problems/problem-book';
import type { EngineState } from './state';
import { describeCrash } from './transition';

/** A crash that was mended at once is still shown for this long. */
const recoveredMs = 60_000;

export interface LifeStoryOptions {
  problems: ProblemBook;
  log: HostLog;
  /** Calls back after a pause of milliseconds. */
  schedule(run: () => void, milliseconds: number): void;
  onChange(): void;
}

/** Tells log and problems what becomes of the engine: that it crashed, failed, came back. */
export class LifeStory {
  constructor(private readonly options: LifeStoryOptions) {}

  entered(state: EngineState): void {
    const { problems, log } = this.options;
    log.info({ state: state.name, run: state.run }, 'engine');
    if (state.name === 'waiting') {
      const { crash } = state;
      log.warn({ ...crash }, 'engine crashed');
      problems.show('engine-crashed', {
        kind: 'engine-crashed',
        message: `The engine ${describeCrash(crash)} and is being started again.`,
        hint: 'Nothing that was acknowledged is lost.',
        lifetime: 'until-seen',
        ...(crash.stderr && { details: crash.stderr }),
      });
    }
    if (state.name === 'failed') {
      // It is not started again, as that says: the last crash stands in what follows.
      problems.solve('engine-crashed');
      problems.show('engine-failed', state.problem);
      log.warn({ problem: state.problem }, 'engine failed');
    }
    if (state.name === 'ready') {
      problems.solve('engine-failed');
      this.sayRecovered();
    }
    if (state.name === 'stopped') for (const id of ['engine-crashed', 'engine-failed']) problems.solve(id);
  }

  /** What is tried again by itself is shown until it goes well. */
  spawning(state: EngineState): void {
    if (state.name !== 'starting' || !state.failures) this.options.problems.solve('engine-failed');
  }

  private sayRecovered(): void {
    const { problems, schedule, onChange } = this.options;
    const crashed = problems.get('engine-crashed');
    if (!crashed) return;
    const recovered = { ...crashed, message: crashed.message.replace('is being', 'was') };
    problems.show('engine-crashed', recovered);
    schedule(() => {
      if (problems.get('engine-crashed') !== recovered) return;
      problems.solve('engine-crashed');
      onChange();
    }, recoveredMs);
  }
}
