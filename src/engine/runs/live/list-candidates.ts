import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { LookLimits } from '../looking/choose-traces';
import {
  type ListedRows,
  listRunTraces,
  partsOf,
  type RunTraces,
  runTracesOf,
  TRACE_COLUMNS,
  tracesOf,
} from '../looking/list-run-traces';
import { TraceColumns } from '../looking/trace-columns';

/** Traces among which are all that `chooseTraces` would choose of the rows, all that are known, and all that are too large. */
export interface Candidates {
  readonly listed: RunTraces;
  /** How many traces the rows have. */
  readonly traces: number;
}

/** SQL would hold the groups of more rows in memory together. */
const MOST_ROWS = 2_000_000n;
/** As `spread` of `chooseTraces`. */
const SPREAD = '(xor(trace_lo & 4294967295::UBIGINT, trace_lo >> 32) * 2654435761::UBIGINT) & 4294967295::UBIGINT';

/** `known`: lower halves of trace ids. Most traces are none of these, and SQL sorts them out. */
export async function listCandidates(
  reader: StoreReader,
  rows: ListedRows,
  { limits, known }: { limits: LookLimits; known: readonly bigint[] },
  signal: AbortSignal,
): Promise<Candidates> {
  if (rows.to - rows.from > MOST_ROWS) {
    const listed = await listRunTraces(reader, rows, signal);
    return { listed, traces: listed.count };
  }
  const mayBeLookedAt = `spans <= ${limits.ofTrace}`;
  // Each has a span at least.
  const spread = (failed: 0 | 1) =>
    `(SELECT trace_lo FROM traces WHERE failed = ${failed} AND ${mayBeLookedAt} ORDER BY ${SPREAD}, trace_lo LIMIT ${limits.ofMore})`;
  // Lower halves alone: that another trace has the same one only adds a candidate.
  const answer = await reader.database.columns(
    `WITH traces AS MATERIALIZED (${tracesOf(rows)}),
       leaders AS (
         SELECT unnest([arg_min(trace_lo, first_ns), arg_max(trace_lo, longest_ns),
           arg_min(trace_lo, first_ns) FILTER (failed = 1)]) AS trace_lo
         FROM traces WHERE ${mayBeLookedAt} GROUP BY name
       ),
       wanted AS (FROM leaders UNION ALL ${spread(1)} UNION ALL ${spread(0)} UNION ALL SELECT unnest($1::UBIGINT[]))
     SELECT ${TRACE_COLUMNS}, (SELECT count(*)::DOUBLE FROM traces) FROM traces
     WHERE NOT (${mayBeLookedAt}) OR trace_lo IN (SELECT trace_lo FROM wanted) ORDER BY first_seq`,
    [`[${known.join(',')}]`],
    { signal },
  );
  const pace = new Pace(signal);
  const traces = new TraceColumns();
  await traces.add(partsOf(answer), pace);
  const [count = 0] = answer.columns[9] as Float64Array;
  return { listed: await runTracesOf(reader, traces, pace), traces: count };
}
