import type { ObservedHost } from '../observing/observed-host';
import { scopeToRun } from '../observing/scope-to-run';
import { followTail } from './follow-tail';

export interface Listening {
  /** Batches of spans and lines that came since it began. */
  batches(): number;
  /** Milliseconds since the last of them, or since it began. */
  silentMs(): number;
  close(): void;
}

const questions = [
  { signal: 'traces', query: '{}' },
  // What is printed is sent by whoever reads it, a while later.
  { signal: 'logs', query: '{service_name=~".+"} | log_iostream=""' },
] as const;

/**
 * Listens to the spans and lines that the programs of one run export, whatever others send. Metrics are not heard: they come by the
 * clock as long as a program lives.
 */
export function listenToRun(host: ObservedHost, id: string, signal: AbortSignal): Listening {
  let batches = 0;
  let lastAt = performance.now();
  const heard = () => {
    batches++;
    lastAt = performance.now();
  };
  const tails = questions.map((question) =>
    followTail(host, { ...question, query: scopeToRun(question, id) }, signal, heard),
  );
  return {
    batches: () => batches,
    silentMs: () => performance.now() - lastAt,
    close() {
      for (const tail of tails) tail.close();
    },
  };
}
