import { idsAsText } from '../store/reader/ids-as-text';
import type { StoreReader } from '../store/reader/reader';
import { DURATION_UNKNOWN } from '../store/reader/span-times';
import type { SeqWindow } from '../tempo/search/span-condition';
import type { OperationCounts } from './count-operations';
import { PARTS, type SamplePlan } from './plan-sample';
import type { SpanPopulation } from './span-population';

/** Spans that are looked at, a column each. */
export interface SampledSpans {
  readonly count: number;
  readonly seq: BigUint64Array;
  readonly operation: Uint32Array;
  readonly chosen: Uint8Array;
  readonly status: Uint8Array;
  readonly statusMessage: Uint32Array;
  readonly resource: Uint32Array;
  readonly traceHi: BigUint64Array;
  readonly traceLo: BigUint64Array;
  /** Nanoseconds; -1 where it is not known. */
  readonly durationNs: Float64Array;
  readonly events: Uint16Array;
  readonly attributes: readonly (readonly number[])[];
}

/** The spans of the plan, the same ones each time. */
export async function sampleSpans(
  reader: StoreReader,
  { selection, against }: { selection: SpanPopulation; against: SpanPopulation },
  window: SeqWindow,
  { places }: OperationCounts,
  plan: SamplePlan,
  byName: boolean,
  signal: AbortSignal,
): Promise<SampledSpans> {
  const kept = places.operation.flatMap((operation, at) => (plan.selected[operation]! > 0 ? [at] : []));
  const column = (values: readonly number[]) => idsAsText(kept.map((at) => values[at]!));
  const parts = (by: readonly number[]) => idsAsText(kept.map((at) => by[places.operation[at]!]!));
  const { columns, rowCount } = await reader.database.columns(
    `SELECT seq, operation, chosen::UTINYINT, status, status_message, resource, trace_hi, trace_lo,
       CASE WHEN (times & ${DURATION_UNKNOWN}) = 0 THEN duration_ns::DOUBLE ELSE -1 END, events, attributes
     FROM (SELECT s.*, ${selection.sql(window)} AS chosen, ${against.sql(window)} AS other
       FROM spans s WHERE s.seq >= ${window.from}::UBIGINT AND s.seq < ${window.to}::UBIGINT) s
     JOIN (SELECT unnest($1::UINTEGER[]) AS name, unnest($2::UINTEGER[]) AS resource, unnest($3::UTINYINT[]) AS kind,
       unnest($4::UINTEGER[]) AS operation, unnest($5::UINTEGER[]) AS of_selection, unnest($6::UINTEGER[]) AS of_against) p
     USING (resource, kind${byName ? ', name' : ''})
     WHERE (chosen AND hash(seq) % ${PARTS} < of_selection) OR (NOT chosen AND other AND hash(seq) % ${PARTS} < of_against)`,
    [
      column(places.name),
      column(places.resource),
      column(places.kind),
      column(places.operation),
      parts(plan.selected),
      parts(plan.against),
    ],
    { signal },
  );
  const [seq, operation, chosen, status, statusMessage, resource, traceHi, traceLo, durationNs, events, attributes] =
    columns as readonly never[];
  return {
    count: rowCount,
    ...{ seq: seq!, operation: operation!, chosen: chosen!, status: status!, statusMessage: statusMessage! },
    ...{ resource: resource!, traceHi: traceHi!, traceLo: traceLo!, durationNs: durationNs!, events: events! },
    attributes: attributes!,
  };
}
