import { normalizeName } from '../../../shared/shapes/normalize-name';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { halves, hexOf } from '../counting/span-rows';
import { TraceColumns } from './trace-columns';

/** The traces of a run as far as their spans are of the run, a column each; halves of ids and times as in `SpanRows`. */
export interface RunTraces {
  readonly count: number;
  readonly lo: Uint32Array;
  readonly hi: Uint32Array;
  readonly spans: Float64Array;
  /** 1 where a span failed. */
  readonly failed: Uint8Array;
  readonly startNs: Uint32Array;
  /** Of its longest span, nanoseconds. */
  readonly longestNs: Float64Array;
  /** The first and the last of its rows, by seq. */
  readonly firstSeq: Float64Array;
  readonly lastSeq: Float64Array;
  /** What it does, roughly: the same number for the same normalised name of its root, else of one of its spans. */
  readonly kind: Uint32Array;
}

export interface ListedRows {
  /** By seq, the end not included. */
  readonly from: bigint;
  readonly to: bigint;
  /** Over `spans`. */
  readonly condition: string;
}

/** 32 hex digits. */
export function traceIdAt({ hi, lo }: Pick<RunTraces, 'hi' | 'lo'>, trace: number): string {
  return hexOf(hi, trace) + hexOf(lo, trace);
}

/** SQL groups so many rows at a time, and so keeps few groups in memory. */
const ROWS_AT_ONCE = 196_608n;
/** In units of `Pace.isDueAfter`. */
const NAME = 500;

/** In the order of their first rows, part by part. */
export async function listRunTraces(
  reader: StoreReader,
  { from, to, condition }: ListedRows,
  signal: AbortSignal,
): Promise<RunTraces> {
  const pace = new Pace(signal);
  const traces = new TraceColumns();
  for (let next = from; next < to; ) {
    const begin = next;
    const end = begin - (begin % ROWS_AT_ONCE) + ROWS_AT_ONCE;
    next = end < to ? end : to;
    const { columns, rowCount } = await reader.database.columns(
      `SELECT trace_lo, trace_hi, min(start_ns), min(seq)::DOUBLE AS first_seq, max(seq)::DOUBLE, count(*)::DOUBLE,
         max(duration_ns)::DOUBLE, (max(status) = 2)::UTINYINT, coalesce(max(name) FILTER (parent_id = 0), min(name))
       FROM spans WHERE seq >= ${begin}::UBIGINT AND seq < ${next}::UBIGINT AND ${condition}
       GROUP BY trace_lo, trace_hi ORDER BY first_seq`,
      [],
      { signal },
    );
    const [lo, hi, start] = columns as [BigUint64Array, BigUint64Array, BigUint64Array];
    const [firstSeq, lastSeq, spans, longestNs, failed, name] = columns.slice(3) as unknown as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Uint8Array,
      Uint32Array,
    ];
    const ids = { lo: halves(lo), hi: halves(hi), startNs: halves(start) };
    await traces.add({ count: rowCount, ...ids, firstSeq, lastSeq, spans, longestNs, failed, name }, pace);
  }
  const { count, spans, failed, startNs, longestNs, firstSeq, lastSeq } = traces;
  const kinds = await kindsOf(reader, traces.name.subarray(0, count), pace);
  return { count, ...traces.idsOf(), spans, failed, startNs, longestNs, firstSeq, lastSeq, kind: kinds };
}

async function kindsOf(reader: StoreReader, names: Uint32Array, pace: Pace): Promise<Uint32Array> {
  const numbers = new Map<string, number>();
  const kinds = new Map<number, number>();
  for (const [id, text] of await reader.dictionary.strings(new Set(names))) {
    const kind = normalizeName(text);
    if (!numbers.has(kind)) numbers.set(kind, numbers.size + 1);
    kinds.set(id, numbers.get(kind)!);
    if (pace.isDueAfter(NAME)) await pace.turn();
  }
  return names.map((id) => kinds.get(id) ?? 0);
}
