import type { TimeWindow } from '../../shared/contract/telemetry';
import { askQuestion } from '../observing/ask-question';
import { explainMiss } from '../observing/explain-miss';
import type { ObservedHost } from '../observing/observed-host';
import { languageOf, type Question, type Signal } from '../observing/signal';
import { untilMet } from '../observing/until-met';
import { explainInterval } from './explain-interval';
import { followTail } from './follow-tail';
import { mostFound, type WaitOutcome } from './wait-outcome';

export interface QueryWait {
  question: Question;
  /** Everything of the same run, where there is one: its question. */
  everything: string | undefined;
  /** So many traces, lines or series. */
  count: number;
  /** Unix milliseconds of the oldest that counts. */
  from: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** PromQL has no tail. */
const metricPauseMs = 80;
const aheadMs = 2_000;
const nouns: Readonly<Record<Signal, readonly [string, string]>> = {
  traces: ['trace', 'traces'],
  logs: ['line', 'lines'],
  metrics: ['series', 'series'],
};

/**
 * Until so many things match a question. It is asked again whenever its tail tells of something new, so that what was acknowledged
 * is noticed as soon as it is committed. Throws the contract's errors.
 */
export async function waitForQuery(host: ObservedHost, wait: QueryWait): Promise<WaitOutcome> {
  const { question, count, timeoutMs, signal } = wait;
  const began = performance.now();
  const look = () => askQuestion(host, question, windowOf(wait), Math.max(count, mostFound));
  const isMet = ({ rows }: { rows: readonly unknown[] }) => rows.length >= count;
  // What is refused is told before anything is waited for.
  let answer = await look();
  if (!isMet(answer)) {
    const tail = question.signal === 'metrics' ? null : followTail(host, question, signal);
    try {
      answer = await untilMet(look, isMet, {
        timeoutMs: timeoutMs - (performance.now() - began),
        intervalMs: tail ? undefined : metricPauseMs,
        wake: tail ?? undefined,
        signal,
      });
    } finally {
      tail?.close();
    }
  }
  const met = isMet(answer);
  const tookMs = Math.round(performance.now() - began);
  const shown = answer.rows.slice(0, mostFound).map(({ shown: line }) => line);
  const [one, many] = nouns[question.signal];
  const wanted = `${count} ${count === 1 ? one : many} of ${languageOf[question.signal]} ${question.query}`;
  if (met) return { met, sentence: `There ${count === 1 ? 'is' : 'are'} ${wanted}.`, found: shown, seen: [], tookMs };
  const sentence = `Waited ${timeoutMs} ms for ${wanted}, and there ${answer.rows.length === 1 ? 'is' : 'are'} ${answer.rows.length || 'none'}.`;
  const seen = answer.rows.length > 0 ? [] : await explainMiss(host, question, windowOf(wait), wait.everything);
  return { met, sentence, found: shown, seen: [...seen, ...explainInterval(question.signal, timeoutMs, seen)], tookMs };
}

function windowOf({ from, question }: QueryWait): TimeWindow {
  const now = Date.now();
  return { from, to: question.signal === 'metrics' ? now : now + aheadMs };
}
