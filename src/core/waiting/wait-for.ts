import type { ObservedHost } from '../observing/observed-host';
import { scopeToRun } from '../observing/scope-to-run';
import type { Signal } from '../observing/signal';
import { tellSignal } from '../observing/tell-signal';
import { waitForQuery } from './wait-for-query';
import { waitForRun } from './wait-for-run';
import { waitForTrace } from './wait-for-trace';
import type { WaitOutcome } from './wait-outcome';

/** What is waited for: a trace, a query (of a run alone where there is one), or a run. Times in milliseconds. */
export interface Wait {
  traceId?: string | undefined;
  query?: string | undefined;
  /** The language of the query, where it could be another. */
  language?: Signal | undefined;
  run?: string | undefined;
  /** Ids of the runs of which a query is alone, where no one run is named; undefined for everything. */
  ofRuns?: readonly string[] | undefined;
  /** So many traces, lines or series. */
  count: number;
  /** How far back what came before counts. */
  sinceMs: number;
  timeoutMs: number;
  /** How long nothing came, of a run or a trace. */
  quietMs?: number | undefined;
  signal: AbortSignal;
}

const usualQuietMs = { run: 2_000, trace: 1_000 };

/** Whether one thing is named to wait for. */
export function namesOneThing({ traceId, query, run }: Pick<Wait, 'traceId' | 'query' | 'run'>): boolean {
  return traceId === undefined ? Boolean(query) || run !== undefined : query === undefined && run === undefined;
}

/** Waits for what is named. Throws the contract's errors, and the signal's reason. */
export async function waitFor(host: ObservedHost, wait: Wait): Promise<WaitOutcome> {
  const { traceId, query, language, run: ref, ofRuns = [], count, sinceMs, timeoutMs, quietMs, signal } = wait;
  if (traceId !== undefined)
    return waitForTrace(host, { traceId, quietMs: quietMs ?? usualQuietMs.trace, timeoutMs, signal });
  if (query === undefined)
    return waitForRun(host, { ref: ref!, quietMs: quietMs ?? usualQuietMs.run, timeoutMs, signal });
  const asked = { signal: language ?? tellSignal(query), query };
  const question = ref === undefined && ofRuns.length > 0 ? { ...asked, query: scopeToRun(asked, ...ofRuns) } : asked;
  const run = ref === undefined ? undefined : await host.run(ref);
  const everything = { ...question, query: question.signal === 'traces' ? '{}' : '{service_name=~".+"}' };
  return waitForQuery(host, {
    question: run ? { ...question, query: scopeToRun(question, run.id) } : question,
    everything: run && question.signal !== 'metrics' ? scopeToRun(everything, run.id) : undefined,
    count,
    from: run ? run.startedAt - sinceMs : Date.now() - sinceMs,
    timeoutMs,
    signal,
  });
}
