import { chooseNearRoots } from '../../../shared/trace/choose-near-roots';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { assembleInTurns } from './assemble-trace';
import { type LoadOptions, loadSpans } from './load-spans';
import { loadTraces } from './load-traces';
import type { LoadedSpan, LoadedTrace } from './loaded-trace';
import { TraceBlocks } from './trace-blocks';
import type { TraceId } from './trace-id';

/** Failed spans are worth more than any that lasted long. */
const failedWorth = 1e20;
const failedStatus = 2;

interface PartOfTrace {
  readonly trace: LoadedTrace | undefined;
  /** Spans of the whole trace, where these are not all. */
  readonly total?: number;
}

/**
 * A trace with at most `most` of its spans: those nearest to its roots, of the deepest level that fits in part the failed and the
 * longest. What places a span is read of all of them, the rest only of those that are taken.
 */
export async function loadNearRoots(
  reader: StoreReader,
  id: TraceId,
  most: number,
  options: LoadOptions,
): Promise<PartOfTrace> {
  const ranges = await TraceBlocks.of(reader).rangesOf([id.lo], { signal: options.signal });
  const rowsOf = ranges.map(
    ({ from, to }) =>
      `SELECT seq, span_id, parent_id, duration_ns, status FROM spans WHERE trace_lo = ${id.lo}::UBIGINT AND trace_hi = ${id.hi}::UBIGINT AND seq >= ${from}::UBIGINT${to === undefined ? '' : ` AND seq < ${to}::UBIGINT`}`,
  );
  const count = await countOf(reader, rowsOf, options);
  if (count <= most) return { trace: (await loadTraces(reader, [id], options))[0] };
  const { columns } = await reader.database.columns(rowsOf.join(' UNION ALL '), [], { signal: options.signal });
  const [seqs, ids, parents, durations] = columns as readonly ArrayLike<bigint>[];
  const statuses = columns[4] as ArrayLike<number>;
  const worth = (at: number) => Number(durations![at]!) + (statuses[at] === failedStatus ? failedWorth : 0);
  const near = chooseNearRoots({ ids: ids!, parents: parents!, worth }, most);
  const listed = near.map((at) => `${seqs![at]}::UBIGINT`).join(',');
  const pace = new Pace(options.signal);
  const spans: LoadedSpan[] = (await loadSpans(reader, `seq IN (${listed})`, options)).map(({ span }) => span);
  return { trace: await assembleInTurns(id.hi, id.lo, spans, pace), total: count };
}

async function countOf(reader: StoreReader, rowsOf: readonly string[], { signal }: LoadOptions): Promise<number> {
  if (rowsOf.length === 0) return 0;
  const counts = rowsOf.map((rows) => `SELECT count(*)::UBIGINT AS rows FROM (${rows})`).join(' UNION ALL ');
  const { columns } = await reader.database.columns(counts, [], { signal });
  return Array.from(columns[0] as ArrayLike<bigint>).reduce((sum, rows) => sum + Number(rows), 0);
}
