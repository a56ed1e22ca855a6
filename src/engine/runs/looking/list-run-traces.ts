import { normalizeName } from '../../../shared/shapes/normalize-name';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { RunScope } from '../counting/run-scope';

/** One trace of a run, as far as its spans are of the run. */
export interface RunTrace {
  readonly hi: bigint;
  readonly lo: bigint;
  readonly spans: number;
  readonly failed: boolean;
  readonly startNs: bigint;
  /** Of its longest span, nanoseconds. */
  readonly longestNs: number;
  /** What it does, roughly: the normalised name of its first span. */
  readonly kind: string;
}

/** In units of `Pace.isDueAfter`. */
const ROW = 30;
const NAME = 500;

/** By their start, then by their ids. */
export async function listRunTraces(reader: StoreReader, scope: RunScope, signal: AbortSignal): Promise<RunTrace[]> {
  const { columns, rowCount } = await reader.database.columns(
    `SELECT trace_hi, trace_lo, count(*)::DOUBLE, bool_or(status = 2)::UTINYINT, min(start_ns), max(duration_ns)::DOUBLE,
       arg_min(name, start_ns)
     FROM spans WHERE ${scope.spans} GROUP BY trace_hi, trace_lo`,
    [],
    { signal },
  );
  const [hi, lo, spans, failed, start, longest, name] = columns as [
    BigUint64Array,
    BigUint64Array,
    Float64Array,
    Uint8Array,
    BigUint64Array,
    Float64Array,
    Uint32Array,
  ];
  const pace = new Pace(signal);
  const kinds = new Map<number, string>();
  for (const [id, text] of await reader.dictionary.strings(new Set(name))) {
    kinds.set(id, normalizeName(text));
    if (pace.isDueAfter(NAME)) await pace.turn();
  }
  const traces: RunTrace[] = [];
  for (let i = 0; i < rowCount; i++) {
    if (pace.isDueAfter(ROW)) await pace.turn();
    traces.push({
      ...{ hi: hi[i]!, lo: lo[i]!, spans: spans[i]!, failed: failed[i] === 1, startNs: start[i]! },
      ...{ longestNs: longest[i]!, kind: kinds.get(name[i]!) ?? '' },
    });
  }
  return traces;
}
