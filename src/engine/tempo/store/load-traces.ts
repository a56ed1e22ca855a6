import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { AnswerTooLarge } from '../answers/answer-too-large';
import { assembleInTurns } from './assemble-trace';
import { type LoadOptions, loadSpans } from './load-spans';
import type { LoadedSpan, LoadedTrace } from './loaded-trace';
import { MAX_LISTED_SEQS, seqCondition } from './seq-condition';
import { type SpanRange, TraceBlocks } from './trace-blocks';
import { formatTraceId, type TraceId } from './trace-id';

/** About 1 KB each in memory. */
const MAX_LOADED_SPANS = 500_000;
/** Finding the trace of one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;

/** Whole traces by id, in the order asked for; ids without a span are left out. */
export async function loadTraces(
  reader: StoreReader,
  ids: readonly TraceId[],
  options: LoadOptions,
): Promise<LoadedTrace[]>;
/** Of several traces with more than `mostSpans` rows together none is loaded: `too many`. */
export async function loadTraces(
  reader: StoreReader,
  ids: readonly TraceId[],
  options: LoadOptions & { mostSpans: number },
): Promise<LoadedTrace[] | 'too many'>;
export async function loadTraces(
  reader: StoreReader,
  ids: readonly TraceId[],
  options: LoadOptions & { mostSpans?: number },
): Promise<LoadedTrace[] | 'too many'> {
  if (ids.length === 0) return [];
  const query = { signal: options.signal };
  const blocks = TraceBlocks.of(reader);
  const lowHalves = [...new Set(ids.map(({ lo }) => lo))];
  const ranges = await blocks.rangesOf(lowHalves, query);
  if (ranges.length === 0) return [];
  // The ids' columns alone are scanned first: attribute lists are decompressed for matching row groups only. A list of ids costs more than
  // the rows of a block, and of most blocks one id alone may be there.
  const scans = ranges.map((range) => {
    const held = new Set(blocks.heldIn(range, lowHalves));
    return `SELECT seq FROM spans WHERE ${isOfTraces(ids.filter(({ lo }) => held.has(lo)))} AND ${inRange(range)}`;
  });
  const found = await reader.database.columns(scans.join(' UNION ALL '), [], query);
  if (found.rowCount === 0) return [];
  if (ids.length > 1 && found.rowCount > (options.mostSpans ?? Number.POSITIVE_INFINITY)) return 'too many';
  if (found.rowCount > MAX_LOADED_SPANS)
    throw new AnswerTooLarge(
      `the trace ${formatTraceId(ids[0]!)} has ${found.rowCount} spans: more than ${MAX_LOADED_SPANS} cannot be looked at; /api/v2/traces/ID?max_spans=N answers with those nearest to the roots`,
    );
  const seqs = found.columns[0] as BigUint64Array;
  const isListed = seqs.length <= MAX_LISTED_SEQS;
  const condition = `${isListed ? '' : `${isOfTraces(ids)} AND `}${seqCondition('seq', seqs)}`;
  const spansByTrace = new Map<bigint, Map<bigint, LoadedSpan[]>>();
  const pace = new Pace(options.signal);
  for (const { trace, span } of await loadSpans(reader, condition, options)) {
    if (pace.isDueAfter(SPAN)) await pace.turn();
    const byHigh = spansByTrace.get(trace.lo) ?? new Map<bigint, LoadedSpan[]>();
    spansByTrace.set(trace.lo, byHigh);
    const spans = byHigh.get(trace.hi);
    if (spans) spans.push(span);
    else byHigh.set(trace.hi, [span]);
  }
  const traces: LoadedTrace[] = [];
  for (const id of ids) {
    const spans = spansByTrace.get(id.lo)?.get(id.hi);
    if (spans) traces.push(await assembleInTurns(id.hi, id.lo, spans, pace));
  }
  return traces;
}

function isOfTraces(ids: readonly TraceId[]): string {
  const listed = (halves: readonly bigint[]) => [...new Set(halves)].map((half) => `${half}::UBIGINT`).join(',');
  return `trace_lo IN (${listed(ids.map(({ lo }) => lo))}) AND trace_hi IN (${listed(ids.map(({ hi }) => hi))})`;
}

function inRange({ from, to }: SpanRange): string {
  return `seq >= ${from}::UBIGINT${to === undefined ? '' : ` AND seq < ${to}::UBIGINT`}`;
}
