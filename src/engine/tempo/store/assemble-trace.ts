import { inTurns } from '../../pace/in-turns';
import type { Pace } from '../../pace/pace';
import { sortInSteps } from '../../pace/sort-in-turns';
import { START_UNKNOWN } from '../../store/reader/span-times';
import type { LoadedSpan, LoadedTrace } from './loaded-trace';
import { separateSharedIds } from './separate-shared-ids';
import { withoutRepeats } from './without-repeats';

/** A span that starts further than this from most of its trace has a clock that is off: it does not stretch the trace. */
const FAR_OFF_NS = 7n * 86_400_000_000_000n;
/** A look at one span, in units of `Pace.isDueAfter`. */
const SPAN = 30;

/** Builds the trace of its rows; a span that was stored twice counts once. */
export function assembleTrace(hi: bigint, lo: bigint, rows: readonly LoadedSpan[]): LoadedTrace {
  const steps = assembling(hi, lo, rows);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, in turns. */
export async function assembleInTurns(
  hi: bigint,
  lo: bigint,
  rows: readonly LoadedSpan[],
  pace: Pace,
): Promise<LoadedTrace> {
  return inTurns(assembling(hi, lo, rows), pace);
}

function* assembling(hi: bigint, lo: bigint, rows: readonly LoadedSpan[]): Generator<number, LoadedTrace> {
  const distinct = yield* withoutRepeats(rows);
  const separate = yield* separateSharedIds(distinct);
  const spans = yield* sortInSteps(separate, (a, b) => compare(a.startNs, b.startNs) || compare(a.seq, b.seq));
  const bySpanId = new Map<bigint, LoadedSpan>();
  const childCounts = new Map<bigint, number>();
  let root: LoadedSpan | undefined;
  for (const span of spans) {
    if (!bySpanId.has(span.spanId)) bySpanId.set(span.spanId, span);
    if (span.parentId !== 0n) childCounts.set(span.parentId, (childCounts.get(span.parentId) ?? 0) + 1);
    else root ??= span;
    yield SPAN;
  }
  return { hi, lo, spans, bySpanId, childCounts, root, ...(yield* boundsOf(spans)) };
}

/** `spans` by the time at which they stand. */
function* boundsOf(spans: readonly LoadedSpan[]): Generator<number, { startNs: bigint; durationNs: number }> {
  const placed = spans.filter(standsAtOwnTime);
  const timed = placed.length > 0 ? placed : spans;
  const middle = timed[timed.length >> 1]?.startNs ?? 0n;
  let [start, end] = [middle, middle];
  for (const span of timed) {
    yield SPAN;
    if (span.startNs < middle - FAR_OFF_NS || span.startNs > middle + FAR_OFF_NS) continue;
    if (span.startNs < start) start = span.startNs;
    const spanEnd = span.startNs + BigInt(span.durationNs);
    if (spanEnd > end) end = spanEnd;
  }
  return { startNs: start, durationNs: Number(end - start) };
}

/** False where only its arrival stands in for its times. */
function standsAtOwnTime({ times, startNs, sentEndNs }: LoadedSpan): boolean {
  return (times & START_UNKNOWN) === 0 || startNs === sentEndNs;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
