import { normalizeName } from '../../../shared/shapes/normalize-name';
import { Pace } from '../../pace/pace';
import type { Columns, StoreReader } from '../../store/reader/reader';
import { halves, hexOf } from '../counting/span-rows';
import { type PartsOfTraces, TraceColumns } from './trace-columns';

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
    const answer = await reader.database.columns(
      `SELECT ${TRACE_COLUMNS} FROM (${tracesOf({ from: begin, to: next, condition })}) ORDER BY first_seq`,
      [],
      { signal },
    );
    await traces.add(partsOf(answer), pace);
  }
  return runTracesOf(reader, traces, pace);
}

/** The columns of `tracesOf` that `partsOf` reads. */
export const TRACE_COLUMNS = 'trace_lo, trace_hi, first_ns, first_seq, last_seq, spans, longest_ns, failed, name';

/** A statement that has a row for each trace of the rows. */
export function tracesOf({ from, to, condition }: ListedRows): string {
  return `SELECT trace_lo, trace_hi, min(start_ns) AS first_ns, min(seq)::DOUBLE AS first_seq, max(seq)::DOUBLE AS last_seq,
      count(*)::DOUBLE AS spans, max(duration_ns)::DOUBLE AS longest_ns, (max(status) = 2)::UTINYINT AS failed,
      coalesce(max(name) FILTER (parent_id = 0), min(name)) AS name
    FROM spans WHERE seq >= ${from}::UBIGINT AND seq < ${to}::UBIGINT AND ${condition} GROUP BY trace_lo, trace_hi`;
}

export function partsOf({ columns, rowCount }: Columns): PartsOfTraces {
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
  return { count: rowCount, ...ids, firstSeq, lastSeq, spans, longestNs, failed, name };
}

export async function runTracesOf(reader: StoreReader, traces: TraceColumns, pace: Pace): Promise<RunTraces> {
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
