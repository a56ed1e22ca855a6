import { createObservedHost } from '../../core/observing/create-observed-host';
import type { ObservedHost } from '../../core/observing/observed-host';
import { scopeToRun } from '../../core/observing/scope-to-run';
import type { Signal } from '../../core/observing/signal';
import { tellSignal } from '../../core/observing/tell-signal';
import { waitForQuery } from '../../core/waiting/wait-for-query';
import { waitForRun } from '../../core/waiting/wait-for-run';
import { waitForTrace } from '../../core/waiting/wait-for-trace';
import type { WaitOutcome } from '../../core/waiting/wait-outcome';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';
import { readTraceId } from '../text/read-trace-id';

export interface WaitOptions {
  run?: string;
  trace?: string;
  /** The language of the query, where it could be another. */
  language?: Signal;
  count: number;
  /** Milliseconds. */
  since: number;
  timeout: number;
  quiet?: number;
  json?: boolean;
  signal: AbortSignal;
}

const usualQuietMs = { run: 2_000, trace: 1_000 };

/** Waits for what is asked for; 0 it came, 7 it did not come in time, and why. */
export async function wait(query: string | undefined, options: WaitOptions, terminal: Terminal): Promise<ExitCode> {
  const traceId = options.trace === undefined ? undefined : readTraceId(options.trace);
  if (traceId !== undefined ? query !== undefined || options.run !== undefined : !query && options.run === undefined) {
    throw new CommandFailure(
      {
        kind: 'nothing-to-wait-for',
        message: 'One thing must be named to wait for.',
        hint: "Give a query such as '{ status = error }', `--run last`, both, or `--trace ID`.",
      },
      EXIT.usage,
    );
  }
  const { client } = await attach();
  const outcome = await waitWith(createObservedHost(client), query, traceId, options);
  if (options.json) terminal.out(jsonLine(outcome));
  else print(outcome, terminal);
  return outcome.met ? EXIT.ok : EXIT.late;
}

async function waitWith(
  host: ObservedHost,
  query: string | undefined,
  traceId: string | undefined,
  { run: ref, language, count, since, timeout: timeoutMs, quiet, signal }: WaitOptions,
): Promise<WaitOutcome> {
  if (traceId !== undefined)
    return waitForTrace(host, { traceId, quietMs: quiet ?? usualQuietMs.trace, timeoutMs, signal });
  if (query === undefined)
    return waitForRun(host, { ref: ref!, quietMs: quiet ?? usualQuietMs.run, timeoutMs, signal });
  const question = { signal: language ?? tellSignal(query), query };
  const run = ref === undefined ? undefined : await host.run(ref);
  const everything = { ...question, query: question.signal === 'traces' ? '{}' : '{service_name=~".+"}' };
  return waitForQuery(host, {
    question: run ? { ...question, query: scopeToRun(question, run.id) } : question,
    everything: run && question.signal !== 'metrics' ? scopeToRun(everything, run.id) : undefined,
    count,
    from: run ? run.startedAt - since : Date.now() - since,
    timeoutMs,
    signal,
  });
}

function print({ met, sentence, found, seen }: WaitOutcome, terminal: Terminal): void {
  terminal.out(`${met ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗')} ${printable(sentence)}\n`);
  for (const line of [...(met ? found : []), ...seen]) terminal.out(`  ${printable(line)}\n`);
}
