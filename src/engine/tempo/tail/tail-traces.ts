import type { TraceSummary } from '../../../shared/contract/telemetry';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { candidateCondition, fieldsOf } from '../search/candidate-condition';
import { inWindow, type SeqWindow, type SpanCondition } from '../search/span-condition';
import { eachTrace } from '../store/each-trace';
import type { TraceId } from '../store/trace-id';
import type { Query } from '../traceql/ast';
import { evaluatePipeline } from '../traceql/evaluate/evaluate-pipeline';
import { SpanTree } from '../traceql/evaluate/span-tree';
import { summarizeTrace } from './summarize-trace';
import type { ToldTraces } from './told-traces';

export interface TailBatch {
  /** Each with its whole summary so far; newest last. */
  readonly traces: readonly TraceSummary[];
  /** Traces that were touched and are not told, for their number. */
  readonly dropped: number;
}

const MAX_TRACES_A_BATCH = 200;

/**
 * The traces with spans among the rows of the window that match the query, and those that were told before: whatever spans
 * of these come, their counts change.
 */
export async function tailTraces(
  reader: StoreReader,
  query: Query,
  window: SeqWindow,
  told: ToldTraces,
  signal: AbortSignal,
): Promise<TailBatch> {
  const touched = await touchedTraces(reader, query, window, told, signal);
  const shown = touched.slice(0, MAX_TRACES_A_BATCH).reverse();
  const { attributes, events, nestedSets } = fieldsOf(query);
  const pace = new Pace(signal);
  const traces: TraceSummary[] = [];
  for await (const trace of eachTrace(reader, shown, { signal, attributes, events })) {
    if (nestedSets) await SpanTree.of(trace, pace);
    if (!told.has(trace) && (await evaluatePipeline(query.stages, trace, pace)).length === 0) continue;
    told.add(trace);
    traces.push(summarizeTrace(trace));
  }
  return { traces, dropped: touched.length - shown.length };
}

/** The last first. */
async function touchedTraces(
  reader: StoreReader,
  query: Query,
  window: SeqWindow,
  told: ToldTraces,
  signal: AbortSignal,
): Promise<TraceId[]> {
  const condition = await conditionOf(reader, query, signal);
  const rows = await reader.database.columns(
    `SELECT s.trace_hi, s.trace_lo, max(CASE WHEN ${condition?.sql(window) ?? 'true'} THEN 1 ELSE 0 END)::UTINYINT
     FROM spans s WHERE ${inWindow('s.seq', window)} GROUP BY 1, 2 ORDER BY max(s.seq) DESC`,
    [],
    { signal },
  );
  const [hi, lo, isCandidate] = rows.columns as [BigUint64Array, BigUint64Array, Uint8Array];
  const ids = Array.from({ length: rows.rowCount }, (_, i) => ({ hi: hi[i]!, lo: lo[i]! }));
  return ids.filter((id, i) => isCandidate[i] === 1 || told.has(id));
}

/** Undefined where a span that matches nothing itself may make its trace match: then every trace is looked at. */
async function conditionOf(reader: StoreReader, query: Query, signal: AbortSignal): Promise<SpanCondition | undefined> {
  const isFilter = query.stages.length === 1 && query.stages[0]?.type === 'filter';
  return isFilter ? candidateCondition(reader, query, { signal }) : undefined;
}
