import { ORPCError } from '@orpc/client';
import type { Run } from '../../shared/runs/run';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import { untilMet } from '../observing/until-met';
import { askRun } from './ask-run';
import type { Budget, Budgets, RunStore } from './budgets/budget';
import { type Circumstances, judgeExpectation } from './judge-expectation';
import { type CaseVerdict, caseVerdict, type Verdict } from './verdict';

/** Judges what a `watchtower.yaml` expects by a run's summary and by the store; of a run that goes on, until it holds or the time is over. */
export async function judgeBudgets(given: Budgets, circumstances: Circumstances & { run: Run }): Promise<CaseVerdict> {
  const began = performance.now();
  const { host, run, timeoutMs, intervalMs, signal } = circumstances;
  const store = askRun(host, run);
  const isOver = run.state !== 'running';
  const look = async () => {
    const { telemetry } = await host.summary(run.id);
    return Promise.all(given.budgets.map((budget) => judgeBudget(budget, telemetry, store)));
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

async function judgeBudget(
  { place, expected, judge }: Budget,
  telemetry: RunTelemetry,
  store: RunStore,
): Promise<Verdict> {
  const verdict = { place, expected, seen: [], tookMs: 0 };
  try {
    const judged = await judge(telemetry, store);
    if (!judged) return { ...verdict, state: 'met', failures: [] };
    if (!('unjudged' in judged)) return { ...verdict, state: 'unmet', failures: [judged] };
    return { ...verdict, state: 'refused', failures: [{ rule: 'judged', message: judged.unjudged, nearest: [] }] };
  } catch (error) {
    if (!(error instanceof ORPCError) || error.code !== 'QUERY') throw error;
    const { message } = error.data as { message: string };
    const failure = {
      rule: 'query',
      message: `the backend refused what it was asked for this: ${message}`,
      nearest: [],
    };
    return { ...verdict, state: 'refused', failures: [failure] };
  }
}
