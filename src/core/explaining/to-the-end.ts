import { setImmediate as nextTurn } from 'node:timers/promises';

/** Units of ten nanoseconds after which other work of the process has its turn. */
const WORK_A_TURN = 500_000;

/** Runs to its end what yields the work done, in units of ten nanoseconds. Rejects with the signal's reason. */
export async function toTheEnd<Result>(steps: Generator<number, Result>, signal?: AbortSignal): Promise<Result> {
  let work = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    work += step.value;
    if (work < WORK_A_TURN) continue;
    work = 0;
    await nextTurn();
    signal?.throwIfAborted();
  }
}
