import type { StoreReader } from '../store/reader/reader';
import type { SampledSpans } from './sample-spans';

/** Spans whose events are read, as many of either population. */
const MOST_SPANS = 10_000;

/** Events of sampled spans, by the row of their span. */
export interface EventIds {
  readonly count: number;
  readonly rows: Uint32Array;
  readonly names: Uint32Array;
  readonly attributes: readonly (readonly number[])[];
  /** Where the events of a row begin; `count` where it has none. */
  firstOf(row: number): number;
}

/** Of more spans with events than that, the first of either population. */
export async function readEventIds(reader: StoreReader, spans: SampledSpans, signal: AbortSignal): Promise<EventIds> {
  const rowOf = new Map<bigint, number>();
  const left = [MOST_SPANS, MOST_SPANS];
  for (let row = 0; row < spans.count; row++) {
    if (spans.events[row] === 0 || left[spans.chosen[row]!]! === 0) continue;
    left[spans.chosen[row]!]!--;
    rowOf.set(spans.seq[row]!, row);
  }
  if (rowOf.size === 0)
    return { count: 0, rows: new Uint32Array(0), names: new Uint32Array(0), attributes: [], firstOf: () => 0 };
  const { columns, rowCount } = await reader.database.columns(
    `SELECT span_seq, name, attributes FROM span_events
     WHERE span_seq IN (SELECT unnest($1::UBIGINT[])) ORDER BY span_seq`,
    [`[${[...rowOf.keys()].join(',')}]`],
    { signal },
  );
  const [seqs, names, attributes] = columns as unknown as [BigUint64Array, Uint32Array, readonly (readonly number[])[]];
  const first = new Map<number, number>();
  const rows = Uint32Array.from(seqs, (seq, at) => {
    const row = rowOf.get(seq)!;
    if (!first.has(row)) first.set(row, at);
    return row;
  });
  return { count: rowCount, rows, names, attributes, firstOf: (row) => first.get(row) ?? rowCount };
}
