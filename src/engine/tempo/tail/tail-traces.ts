import type { TraceSummary } from '../../../shared/contract/telemetry';
import type { StoreReader } from '../../store/reader';
import { Pace } from '../pace';
import { candidateCondition, fieldsOf } from '../search/candidate-condition';
import { inWindow, type SeqWindow } from '../search/span-condition';
import { loadTraces } from '../store/load-traces';
import type { LoadedTrace } from '../store/loaded-trace';
import type { Query } from '../traceql/ast';
import { evaluatePipeline } from '../traceql/evaluate-pipeline';
import { summarizeTrace } from './summarize-trace';

export interface TailBatch {
  /** Each with its whole summary so far; newest last. */
  readonly traces: readonly TraceSummary[];
  /** Traces that were touched and are not told, for their number. */
  readonly dropped: number;
}

const MAX_TRACES_A_BATCH = 200;

/** The traces with spans among the rows of the window that match the query. */
export async function tailTraces(
  reader: StoreReader,
  query: Query,
  window: SeqWindow,
  signal: AbortSignal,
): Promise<TailBatch> {
  const condition = await candidateCondition(reader, query, { signal });
  const touched = await reader.database.columns(
    `SELECT s.trace_hi, s.trace_lo FROM spans s WHERE ${inWindow('s.seq', window)} AND ${condition.sql(window)}
     GROUP BY ALL ORDER BY max(s.seq) DESC`,
    [],
    { signal },
  );
  const [hi, lo] = touched.columns as [BigUint64Array, BigUint64Array];
  const shown = Math.min(touched.rowCount, MAX_TRACES_A_BATCH);
  const ids = Array.from({ length: shown }, (_, i) => ({ hi: hi[shown - 1 - i]!, lo: lo[shown - 1 - i]! }));
  const needs = fieldsOf(query);
  const traces = await loadTraces(reader, ids, { signal, attributes: needs.attributes, events: needs.events });
  const pace = new Pace(signal);
  const matching: LoadedTrace[] = [];
  for (const trace of traces) if ((await evaluatePipeline(query.stages, trace, pace)).length > 0) matching.push(trace);
  return { traces: matching.map(summarizeTrace), dropped: touched.rowCount - shown };
}
