import type { Run } from '../../shared/runs/run';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import { untilMet } from '../observing/until-met';
import type { Budget, Budgets } from './budgets/budget';
import { type Circumstances, judgeExpectation } from './judge-expectation';
import { type CaseVerdict, caseVerdict, type Verdict } from './verdict';

/** Judges what a `watchtower.yaml` expects by a run's summary; of a run that goes on, until it holds or the time is over. */
export async function judgeBudgets(given: Budgets, circumstances: Circumstances & { run: Run }): Promise<CaseVerdict> {
  const began = performance.now();
  const { host, run, timeoutMs, intervalMs, signal } = circumstances;
  const isOver = run.state !== 'running';
  const look = async () => {
    const { telemetry } = await host.summary(run.id);
    return given.budgets.map((budget) => judgeBudget(budget, telemetry));
  };
  const [verdicts, expectations] = await Promise.all([
    untilMet(look, (seen) => seen.every(({ state }) => state === 'met'), {
      timeoutMs: isOver ? 0 : timeoutMs,
      intervalMs,
      signal,
    }),
    Promise.all(
      given.expectations.map((expectation) =>
        judgeExpectation(expectation, { ...circumstances, timeoutMs: isOver ? 0 : timeoutMs }),
      ),
    ),
  ]);
  const tookMs = Math.round(performance.now() - began);
  return caseVerdict({ name: given.place.file, place: given.place }, [...verdicts, ...expectations], tookMs);
}

function judgeBudget({ place, expected, judge }: Budget, telemetry: RunTelemetry): Verdict {
  const failure = judge(telemetry);
  return { place, expected, state: failure ? 'unmet' : 'met', failures: failure ? [failure] : [], seen: [], tookMs: 0 };
}
