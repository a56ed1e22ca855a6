import { Pace } from '../../pace/pace';
import type { RunTraces } from './list-run-traces';
import { TraceSet } from './trace-set';

/** How many spans are looked at one by one. */
export interface LookLimits {
  readonly spans: number;
  /** Where there are more than that; they show no less. */
  readonly ofMore: number;
  /** Of one trace: the rules look at a whole one in one turn of the thread. */
  readonly ofTrace: number;
}

export const USUAL_LIMITS: LookLimits = { spans: 100_000, ofMore: 40_000, ofTrace: 8000 };

/** So many bits of the spread tell the order roughly; within, traces are sorted. */
const ROUGH_BITS = 12;

/**
 * The traces that the rules look at, where there are too many spans to look at all: of each kind the first, the slowest and the
 * first that failed, then the others that failed, then the rest evenly spread; the same ones each time.
 */
export async function chooseTraces(traces: RunTraces, limits: LookLimits, signal: AbortSignal): Promise<TraceSet> {
  const pace = new Pace(signal);
  const leading = await leadingOf(traces, limits, pace);
  let least = Number.POSITIVE_INFINITY;
  const places = new Int32Array(traces.count).fill(-1);
  const ends = new Uint32Array(3 * 2 ** ROUGH_BITS);
  for (let trace = 0; trace < traces.count; trace++) {
    if (pace.isDueAfter(15)) await pace.turn();
    const spans = traces.spans[trace]!;
    if (spans > limits.ofTrace) continue;
    least = Math.min(least, spans);
    const rank = leading.has(trace) ? 0 : traces.failed[trace] === 1 ? 1 : 2;
    const place = rank * 2 ** ROUGH_BITS + (spread(traces, trace) >>> (32 - ROUGH_BITS));
    places[trace] = place;
    ends[place]!++;
  }
  const ordered = byPlace(places, ends);
  const chosen = new TraceSet();
  let left = limits.ofMore;
  let from = 0;
  for (const to of ends) {
    if (left < least) break;
    if (to === from) continue;
    const group = ordered.subarray(from, to).sort((a, b) => compareSpread(traces, a, b));
    from = to;
    for (const trace of group) {
      if (traces.spans[trace]! > left) continue;
      left -= traces.spans[trace]!;
      chosen.addAt(traces, trace);
    }
    if (pace.isDueAfter(200 * group.length)) await pace.turn();
  }
  return chosen;
}

/** The traces by their places, without those of none (-1). `ends`: how many each place has; then where each ends. */
function byPlace(places: Int32Array, ends: Uint32Array): Uint32Array {
  let all = 0;
  for (let place = 0; place < ends.length; place++) {
    const count = ends[place]!;
    ends[place] = all;
    all += count;
  }
  const ordered = new Uint32Array(all);
  for (let trace = 0; trace < places.length; trace++) if (places[trace]! >= 0) ordered[ends[places[trace]!]!++] = trace;
  return ordered;
}

/** Of each kind the first, the slowest, and the first that failed. */
async function leadingOf(traces: RunTraces, { ofTrace }: LookLimits, pace: Pace): Promise<ReadonlySet<number>> {
  const first = new Map<number, number>();
  const slowest = new Map<number, number>();
  const failed = new Map<number, number>();
  for (let trace = 0; trace < traces.count; trace++) {
    if (pace.isDueAfter(15)) await pace.turn();
    if (traces.spans[trace]! > ofTrace) continue;
    const kind = traces.kind[trace]!;
    const known = first.get(kind);
    if (known === undefined || isBefore(traces, trace, known)) first.set(kind, trace);
    const longest = slowest.get(kind);
    if (longest === undefined || isSlower(traces, trace, longest)) slowest.set(kind, trace);
    if (traces.failed[trace] !== 1) continue;
    const earliest = failed.get(kind);
    if (earliest === undefined || isBefore(traces, trace, earliest)) failed.set(kind, trace);
  }
  return new Set([...first.values(), ...slowest.values(), ...failed.values()]);
}

function isSlower(traces: RunTraces, a: number, b: number): boolean {
  const longer = traces.longestNs[a]! - traces.longestNs[b]!;
  return longer > 0 || (longer === 0 && isBefore(traces, a, b));
}

function isBefore({ startNs, lo }: RunTraces, a: number, b: number): boolean {
  const order =
    startNs[2 * a + 1]! - startNs[2 * b + 1]! ||
    startNs[2 * a]! - startNs[2 * b]! ||
    lo[2 * a + 1]! - lo[2 * b + 1]! ||
    lo[2 * a]! - lo[2 * b]!;
  return order < 0;
}

function compareSpread(traces: RunTraces, a: number, b: number): number {
  return spread(traces, a) - spread(traces, b) || (isBefore(traces, a, b) ? -1 : 1);
}

/** A number that has nothing to do with when a trace was: ids are random, or become so. */
function spread({ lo }: RunTraces, trace: number): number {
  return Math.imul(lo[2 * trace]! ^ lo[2 * trace + 1]!, 0x9e3779b1) >>> 0;
}
