import { normalizeName } from '../../../shared/shapes/normalize-name';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { RunScope } from '../counting/run-scope';
import { halves, hexOf } from '../counting/span-rows';

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
  /** What it does, roughly: the same number for the same normalised name of the first span. */
  readonly kind: Uint32Array;
}

/** 32 hex digits. */
export function traceIdAt({ hi, lo }: RunTraces, trace: number): string {
  return hexOf(hi, trace) + hexOf(lo, trace);
}

/** In units of `Pace.isDueAfter`. */
const NAME = 500;

export async function listRunTraces(reader: StoreReader, scope: RunScope, signal: AbortSignal): Promise<RunTraces> {
  const { columns, rowCount } = await reader.database.columns(
    `SELECT trace_hi, trace_lo, count(*)::DOUBLE, bool_or(status = 2)::UTINYINT, min(start_ns), max(duration_ns)::DOUBLE,
       arg_min(name, start_ns)
     FROM spans WHERE ${scope.spans} GROUP BY trace_hi, trace_lo`,
    [],
    { signal },
  );
  const [hi, lo, spans, failed, start, longestNs, name] = columns as [
    BigUint64Array,
    BigUint64Array,
    Float64Array,
    Uint8Array,
    BigUint64Array,
    Float64Array,
    Uint32Array,
  ];
  const pace = new Pace(signal);
  const numbers = new Map<string, number>();
  const kinds = new Map<number, number>();
  for (const [id, text] of await reader.dictionary.strings(new Set(name))) {
    const kind = normalizeName(text);
    if (!numbers.has(kind)) numbers.set(kind, numbers.size + 1);
    kinds.set(id, numbers.get(kind)!);
    if (pace.isDueAfter(NAME)) await pace.turn();
  }
  return {
    count: rowCount,
    ...{ lo: halves(lo), hi: halves(hi), spans, failed, startNs: halves(start), longestNs },
    kind: name.map((id) => kinds.get(id) ?? 0),
  };
}
