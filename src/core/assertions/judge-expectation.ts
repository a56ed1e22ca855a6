import { ORPCError } from '@orpc/client';
import type { TimeWindow } from '../../shared/contract/telemetry';
import type { Run } from '../../shared/runs/run';
import { askQuestion } from '../observing/ask-question';
import { explainMiss } from '../observing/explain-miss';
import type { ObservedHost } from '../observing/observed-host';
import { scopeToRun } from '../observing/scope-to-run';
import { languageOf } from '../observing/signal';
import { untilMet } from '../observing/until-met';
import type { Expectation } from './case';
import { type Failure, type Found, judgeAnswer } from './judge/judge-answer';
import { spanRows } from './judge/span-rows';
import type { Verdict } from './verdict';
import { aheadMs, windowOfRun } from './window-of-run';

export interface Circumstances {
  host: ObservedHost;
  /** What it sent alone is looked at. */
  run: Run | null;
  /** Unix milliseconds of the oldest that is looked at, where there is no run. */
  from: number;
  timeoutMs: number;
  /** Longest pause between two looks. */
  intervalMs?: number | undefined;
  /** For how long what must be absent is looked for, whatever the case says. */
  absentMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** The newest traces whose spans are looked at. */
const mostTraces = 50;

/** Looks until the expectation holds or the time is over; of one that must hold all the while, until it does not. */
export async function judgeExpectation(expectation: Expectation, circumstances: Circumstances): Promise<Verdict> {
  const { host, run, timeoutMs, intervalMs, signal } = circumstances;
  const began = performance.now();
  const query = run ? scopeToRun(expectation, run.id) : expectation.query;
  const question = { signal: expectation.signal, query };
  const look = async () => {
    const found = await find(host, { ...expectation, query }, windowOf(circumstances, expectation));
    return { found, failures: judgeAnswer(expectation, found) };
  };
  const finish = (state: Verdict['state'], failures: readonly Failure[], seen: readonly string[] = []): Verdict => ({
    place: expectation.place,
    expected: sayExpectation(expectation),
    state,
    failures,
    seen,
    tookMs: Math.round(performance.now() - began),
  });
  try {
    const steadyMs = expectation.steadyMs === undefined ? undefined : (circumstances.absentMs ?? expectation.steadyMs);
    const isOver = run !== null && run.state !== 'running';
    const { found, failures } =
      steadyMs === undefined
        ? await untilMet(look, (seen) => seen.failures.length === 0, { timeoutMs, intervalMs, signal })
        : await untilMet(look, (seen) => seen.failures.length > 0, {
            timeoutMs: isOver ? 0 : steadyMs,
            intervalMs,
            signal,
          });
    if (failures.length === 0) return finish('met', []);
    if (found.rows.length > 0) return finish('unmet', failures);
    const window = windowOf(circumstances, expectation);
    return finish('unmet', failures, await explainMiss(host, question, window, everythingOf(run, expectation)));
  } catch (error) {
    if (!(error instanceof ORPCError) || error.code !== 'QUERY') throw error;
    const { message } = error.data as { message: string };
    return finish('refused', [{ rule: 'query', message: `the backend refused it: ${message}`, nearest: [] }]);
  }
}

async function find(host: ObservedHost, { signal, query, checks }: Expectation, window: TimeWindow): Promise<Found> {
  const answer = await askQuestion(host, { signal, query }, window);
  const wantsSpans = checks.some(({ rule }) => rule === 'match_spans' || rule === 'absent') && signal === 'traces';
  const ids = wantsSpans ? answer.traceIds.slice(0, mostTraces) : [];
  const traces = await Promise.all(ids.map((traceId) => host.traces.get({ traceId })));
  return { ...answer, spans: traces.flatMap((trace) => (trace ? spanRows(trace) : [])) };
}

function windowOf({ run, from }: Circumstances, { signal }: Expectation): TimeWindow {
  if (run) return windowOfRun(run, signal);
  const now = Date.now();
  return { from, to: signal === 'metrics' ? now : now + aheadMs };
}

function everythingOf(run: Run | null, { signal }: Expectation): string | undefined {
  if (!run || signal === 'metrics') return undefined;
  const everything = signal === 'traces' ? '{}' : '{service_name=~".+"}';
  return scopeToRun({ signal, query: everything }, run.id);
}

function sayExpectation({ signal, query, checks, steadyMs }: Expectation): string {
  const rules = checks.map((check) => {
    if (check.rule === 'count' || check.rule === 'value') return `${check.rule} ${check.comparison.text}`;
    if (check.rule === 'range') return `count ${check.min} to ${check.max ?? 'any'}`;
    return check.rule;
  });
  return `${languageOf[signal]} ${query} · ${[...new Set(rules)].join(', ')}${steadyMs === undefined ? '' : ' all the while'}`;
}
