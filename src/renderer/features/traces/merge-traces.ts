import type { TraceSummary } from '../../../shared/contract/telemetry';

/** Traces of a live list, newest first, and those that wait above it while the reader is elsewhere. */
export interface TraceStream {
  readonly shown: readonly TraceSummary[];
  readonly waiting: readonly TraceSummary[];
}

export const emptyStream: TraceStream = { shown: [], waiting: [] };
export const streamCapacity = 2000;

/**
 * Takes a batch in: a trace that is already listed is renewed where it stands, so that no row moves; new ones go on top, or
 * wait while `hold` is set.
 */
export function mergeTraces(stream: TraceStream, batch: readonly TraceSummary[], hold: boolean): TraceStream {
  const renewed = new Map(batch.map((trace) => [trace.traceId, trace]));
  const renew = (list: readonly TraceSummary[]) =>
    list.map((trace) => {
      const next = renewed.get(trace.traceId);
      if (!next) return trace;
      renewed.delete(trace.traceId);
      return next;
    });
  const shown = renew(stream.shown);
  const waiting = renew(stream.waiting);
  const fresh = [...renewed.values()].sort((a, b) => (BigInt(a.startNs) < BigInt(b.startNs) ? 1 : -1));
  if (hold) return { shown, waiting: [...fresh, ...waiting].slice(0, streamCapacity) };
  return { shown: [...fresh, ...waiting, ...shown].slice(0, streamCapacity), waiting: [] };
}

export function releaseWaiting({ shown, waiting }: TraceStream): TraceStream {
  return { shown: [...waiting, ...shown].slice(0, streamCapacity), waiting: [] };
}
