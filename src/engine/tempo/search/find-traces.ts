import type { StoreReader } from '../../store/reader';
import { Pace } from '../pace';
import { loadTraces } from '../store/load-traces';
import type { LoadedTrace } from '../store/loaded-trace';
import { readSpanBounds } from '../store/read-span-bounds';
import { seqCondition } from '../store/seq-condition';
import type { TraceId } from '../store/trace-id';
import type { Query } from '../traceql/ast';
import { evaluatePipeline, type Spanset } from '../traceql/evaluate-pipeline';
import { fieldsOf } from './candidate-condition';
import { SearchParts } from './search-parts';
import type { SearchWindow } from './search-windows';
import { inWindow, restOf, type SpanCondition } from './span-condition';

export interface TraceSearch {
  readonly query: Query;
  /** Nanoseconds; a trace is in the answer when it overlaps the range. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

export interface FoundTrace {
  readonly trace: LoadedTrace;
  readonly spansets: readonly Spanset[];
}

export interface SearchResult {
  readonly traces: readonly FoundTrace[];
  readonly inspectedTraces: number;
  readonly inspectedSpans: number;
}

const TRACES_A_BATCH = 200;

/**
 * Traces that match, newest first. The rows are read backwards in order of arrival and reading stops at the first
 * window that fills the limit.
 */
export async function findTraces(reader: StoreReader, search: TraceSearch): Promise<SearchResult> {
  const { query, limit, signal } = search;
  const needs = fieldsOf(query);
  const pace = new Pace(signal);
  const parts = new SearchParts(reader, query, needs.attributes || needs.events, { signal });
  const [bounds] = await Promise.all([readSpanBounds(reader, { signal }), parts.newest.condition()]);
  if (!bounds) return { traces: [], inspectedTraces: 0, inspectedSpans: 0 };
  // Zone maps know starts, not ends: no span that starts earlier reaches into the range.
  const earliest = search.startNs > bounds.longestNs ? search.startNs - bounds.longestNs : 0n;
  const seen = new Set<string>();
  const found: FoundTrace[] = [];
  let inspectedSpans = 0;

  for await (const { condition, window } of parts.windows(bounds.first, bounds.last + 1n)) {
    const plain = Number.isFinite(limit) && isPlain(query, condition.exact);
    const wanted = plain ? limit + seen.size : undefined;
    const candidates = await findCandidates(reader, search, condition, window, earliest, wanted);
    const fresh = candidates.filter((id) => !seen.has(`${id.hi}:${id.lo}`));
    for (let at = 0; at < fresh.length && found.length < limit; at += TRACES_A_BATCH) {
      const batch = fresh.slice(at, at + Math.min(TRACES_A_BATCH, plain ? limit - found.length : TRACES_A_BATCH));
      for (const id of batch) seen.add(`${id.hi}:${id.lo}`);
      const traces = await loadTraces(reader, batch, { signal, attributes: needs.attributes, events: needs.events });
      for (const trace of traces) {
        inspectedSpans += trace.spans.length;
        if (trace.startNs > search.endNs || trace.startNs + BigInt(trace.durationNs) < search.startNs) continue;
        const spansets = await evaluatePipeline(query.stages, trace, pace);
        if (spansets.length > 0 && found.length < limit) found.push({ trace, spansets });
      }
    }
    if (found.length >= limit) break;
  }
  found.sort((a, b) => (a.trace.startNs < b.trace.startNs ? 1 : -1));
  return { traces: found, inspectedTraces: seen.size, inspectedSpans };
}

/** A single filter that SQL answers exactly: every candidate is a match. */
function isPlain(query: Query, exact: boolean): boolean {
  return exact && query.stages.length === 1 && query.stages[0]?.type === 'filter';
}

async function findCandidates(
  reader: StoreReader,
  search: TraceSearch,
  condition: SpanCondition,
  window: SearchWindow,
  earliest: bigint,
  wanted: number | undefined,
): Promise<TraceId[]> {
  const { rows } = window;
  if (rows?.length === 0) return [];
  const sql = rows
    ? `${seqCondition('s.seq', rows)} AND ${restOf(condition, window)}`
    : `${inWindow('s.seq', window)} AND ${condition.sql(window)}`;
  const answer = await reader.database.columns(
    `SELECT s.trace_hi, s.trace_lo FROM spans s
     WHERE s.start_ns <= ${search.endNs}::UBIGINT AND s.start_ns >= ${earliest}::UBIGINT
       AND s.start_ns + s.duration_ns >= ${search.startNs}::UBIGINT AND ${sql}
     GROUP BY ALL ORDER BY max(s.start_ns) DESC ${wanted === undefined ? '' : `LIMIT ${wanted}`}`,
    [],
    { signal: search.signal },
  );
  const [hi, lo] = answer.columns as [BigUint64Array, BigUint64Array];
  return Array.from({ length: answer.rowCount }, (_, i) => ({ hi: hi[i]!, lo: lo[i]! }));
}
