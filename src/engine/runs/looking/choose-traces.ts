import { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';
import type { RunTrace } from './list-run-traces';

/** How many spans are looked at one by one. */
export interface LookLimits {
  readonly spans: number;
  /** Of one trace: the rules look at a whole one in one turn of the thread. */
  readonly ofTrace: number;
}

export const USUAL_LIMITS: LookLimits = { spans: 40_000, ofTrace: 8000 };

export interface ChosenTraces {
  /** By their ids: of two things that are as bad, the rules keep the first. */
  readonly chosen: readonly RunTrace[];
  /** Of all: also those that are chosen. */
  readonly spans: number;
  readonly tooLarge: number;
}

/**
 * The traces that the rules look at: all where there are not too many spans. Else of each kind the first, the slowest and the
 * first that failed, then the others that failed, then the rest evenly spread; the same ones each time.
 */
export async function chooseTraces(
  traces: readonly RunTrace[],
  limits: LookLimits,
  signal: AbortSignal,
): Promise<ChosenTraces> {
  const pace = new Pace(signal);
  let spans = 0;
  const fitting: RunTrace[] = [];
  for (const trace of traces) {
    spans += trace.spans;
    if (trace.spans <= limits.ofTrace) fitting.push(trace);
    if (pace.isDueAfter(5)) await pace.turn();
  }
  const tooLarge = traces.length - fitting.length;
  if (tooLarge === 0 && spans <= limits.spans) return { chosen: await byId(traces, pace), spans, tooLarge };
  const leading = await leadingOf(fitting, pace);
  const rank = (trace: RunTrace) => (leading.has(trace) ? 0 : trace.failed ? 1 : 2);
  const ordered = await sortInTurns(fitting, (a, b) => rank(a) - rank(b) || spread(a) - spread(b), pace);
  const chosen: RunTrace[] = [];
  let looked = 0;
  for (const trace of ordered) {
    if (looked + trace.spans > limits.spans) continue;
    looked += trace.spans;
    chosen.push(trace);
    if (pace.isDueAfter(5)) await pace.turn();
  }
  return { chosen: await byId(chosen, pace), spans, tooLarge };
}

function byId(traces: readonly RunTrace[], pace: Pace): Promise<RunTrace[]> {
  return sortInTurns(traces, (a, b) => (a.hi === b.hi ? (a.lo < b.lo ? -1 : 1) : a.hi < b.hi ? -1 : 1), pace);
}

/** Of each kind the first, the slowest, and the first that failed. */
async function leadingOf(traces: readonly RunTrace[], pace: Pace): Promise<ReadonlySet<RunTrace>> {
  const kinds = new Map<string, { first: RunTrace; slowest: RunTrace; failed: RunTrace | undefined }>();
  for (const trace of traces) {
    if (pace.isDueAfter(20)) await pace.turn();
    const known = kinds.get(trace.kind);
    if (!known) {
      kinds.set(trace.kind, { first: trace, slowest: trace, failed: trace.failed ? trace : undefined });
      continue;
    }
    if (isBefore(trace, known.first)) known.first = trace;
    if (trace.longestNs > known.slowest.longestNs) known.slowest = trace;
    if (trace.failed && (!known.failed || isBefore(trace, known.failed))) known.failed = trace;
  }
  const leading = new Set<RunTrace>();
  for (const { first, slowest, failed } of kinds.values()) {
    leading.add(first).add(slowest);
    if (failed) leading.add(failed);
  }
  return leading;
}

function isBefore(a: RunTrace, b: RunTrace): boolean {
  return a.startNs < b.startNs || (a.startNs === b.startNs && a.lo < b.lo);
}

/** A number that has nothing to do with when a trace was: ids are random, or become so. */
function spread({ lo }: RunTrace): number {
  return Number(BigInt.asUintN(32, (lo ^ (lo >> 32n)) * 0x9e3779b1n));
}
