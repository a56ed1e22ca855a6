import type { TraceSummary } from '../../../../shared/contract/telemetry';

/** Traces of a live list, newest first, and those that wait above it while the reader is elsewhere. */
export interface TraceStream {
  readonly shown: readonly TraceSummary[];
  readonly waiting: readonly TraceSummary[];
}

export const emptyStream: TraceStream = { shown: [], waiting: [] };
export const streamCapacity = 2000;

/**
 * Takes a batch in: a trace that is already listed is renewed where it stands, so that no row moves; new ones go on top, or
 * wait while `hold` is set. Those that began before every row go below them, where they move none.
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
  const fresh = [...renewed.values()].sort((a, b) => compareStarts(b, a));
  const last = shown.at(-1);
  const below = last ? fresh.filter((trace) => compareStarts(trace, last) < 0) : hold ? fresh : [];
  const above = fresh.slice(0, fresh.length - below.length);
  const list = [...shown, ...below];
  if (hold) return { shown: cut(list), waiting: cut([...above, ...waiting]) };
  return { shown: cut([...above, ...waiting, ...list]), waiting: [] };
}

export function releaseWaiting({ shown, waiting }: TraceStream): TraceStream {
  return waiting.length === 0 ? { shown, waiting } : { shown: cut([...waiting, ...shown]), waiting: [] };
}

function cut(traces: readonly TraceSummary[]): readonly TraceSummary[] {
  return traces.length > streamCapacity ? traces.slice(0, streamCapacity) : traces;
}

function compareStarts(a: TraceSummary, b: TraceSummary): number {
  const difference = BigInt(a.startNs) - BigInt(b.startNs);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
