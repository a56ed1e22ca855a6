import { createObservedHost } from '../../core/observing/create-observed-host';
import type { Signal } from '../../core/observing/signal';
import { namesOneThing, waitFor } from '../../core/waiting/wait-for';
import type { WaitOutcome } from '../../core/waiting/wait-outcome';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';
import { readTraceId } from '../text/read-trace-id';
import { type OfWhom, readOwnRuns } from './agent/read-own-runs';
import { readSince } from './agent/read-since';

export interface WaitOptions extends OfWhom {
  trace?: string;
  /** The language of the query, where it could be another. */
  language?: Signal;
  count: number;
  /** As of `readSince`. */
  since: string;
  /** Milliseconds. */
  timeout: number;
  quiet?: number;
  json?: boolean;
}

/** Waits for what is asked for; 0 it came, 7 it did not come in time, and why. */
export async function wait(query: string | undefined, options: WaitOptions, terminal: Terminal): Promise<ExitCode> {
  const traceId = options.trace === undefined ? undefined : readTraceId(options.trace);
  if (!namesOneThing({ traceId, query, run: options.run })) {
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
  const now = Date.now();
  const sinceMs = now - (await readSince(options.since, client, now));
  const { since: _, timeout: timeoutMs, quiet: quietMs, agent, ...rest } = options;
  const own = agent === undefined ? null : await readOwnRuns({ ...rest, agent }, now - sinceMs, client);
  const ofRuns = own?.runs.map(({ id }) => id);
  // Whoever ends this command ends it by a signal, and nothing is to be done before.
  const { signal } = new AbortController();
  const asked = {
    ...rest,
    run: options.run && (ofRuns?.[0] ?? options.run),
    ofRuns,
    traceId,
    query,
    sinceMs,
    timeoutMs,
    quietMs,
    signal,
  };
  const outcome = await waitFor(createObservedHost(client), asked);
  if (options.json) terminal.out(jsonLine(outcome));
  else print(outcome, terminal);
  return outcome.met ? EXIT.ok : EXIT.late;
}

function print({ met, sentence, found, seen }: WaitOutcome, terminal: Terminal): void {
  terminal.out(`${met ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗')} ${printable(sentence)}\n`);
  for (const line of [...(met ? found : []), ...seen]) terminal.out(`  ${printable(line)}\n`);
}
