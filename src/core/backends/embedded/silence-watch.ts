import type { Problem } from '../../../shared/problem';
import type { ProblemBook } from '../../problems/problem-book';

/** The engine reports once a second; silent for this long it hangs. */
const silenceMs = 5_000;
const id = 'engine-silent';

const engineHangs: Problem = {
  kind: 'engine-silent',
  message: 'The engine is not responding.',
  hint: 'It may be short of CPU or disk; restart it if it does not come back.',
};

/** Shows that an engine has not reported for too long, until it does. */
export class SilenceWatch {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly problems: ProblemBook,
    private readonly onChange: () => void,
  ) {}

  /** The engine of this run has just started, or has reported. */
  heard(run: number): void {
    clearTimeout(this.timer);
    this.problems.solve(id);
    this.timer = setTimeout(() => {
      this.problems.show(id, engineHangs, run);
      this.onChange();
    }, silenceMs);
    this.timer.unref();
  }

  /** There is no engine that could report. */
  stop(): void {
    clearTimeout(this.timer);
  }
}
