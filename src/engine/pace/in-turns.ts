import type { Pace } from './pace';

/** Runs to its end what yields the work done, in units of `Pace.isDueAfter`, and gives way to other work in between. */
export async function inTurns<Result>(steps: Generator<number, Result>, pace: Pace): Promise<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (pace.isDueAfter(step.value)) await pace.turn();
  }
}
