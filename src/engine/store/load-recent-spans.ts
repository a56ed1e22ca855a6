import type { DuckDatabase } from './duck-database';
import { UNFINISHED } from './span-times';

/** Spans that are remembered over a restart, to know them when they are sent again. */
const REMEMBERED_SPANS = 200_000n;

/** What the fingerprints of the last spans are made of, one value a row in each column. */
export interface RecentSpans {
  readonly ids: readonly [traceHi: BigUint64Array, traceLo: BigUint64Array, spanId: BigUint64Array];
  /** As they were sent. */
  readonly times: readonly [start: BigUint64Array, end: BigUint64Array];
  readonly name: Uint32Array;
  readonly resource: Uint32Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  readonly attributes: Uint32Array;
  readonly events: Uint16Array;
  readonly links: Uint16Array;
  /** The texts of `name`. */
  readonly names: ReadonlyMap<number, string>;
}

/** Rows of spans without an end. */
export interface UnfinishedRows {
  readonly seq: BigUint64Array;
  readonly ids: RecentSpans['ids'];
  readonly resource: Uint32Array;
  readonly kind: Uint8Array;
}

export async function loadRecentSpans(database: DuckDatabase, nextSeq: bigint): Promise<RecentSpans> {
  const first = nextSeq > REMEMBERED_SPANS ? nextSeq - REMEMBERED_SPANS : 0n;
  const { columns } = await database.columns(
    `SELECT trace_hi, trace_lo, span_id, coalesce(sent.start_ns, s.start_ns),
       coalesce(sent.end_ns, s.start_ns + duration_ns), name, resource, kind, status, len(attributes)::UINTEGER, events, links
     FROM spans s LEFT JOIN span_sent_times sent ON sent.span_seq = s.seq WHERE s.seq >= $1 ORDER BY s.seq`,
    [first],
  );
  const names = await database.columns(
    'SELECT id, value FROM strings WHERE id IN (SELECT DISTINCT name FROM spans WHERE seq >= $1)',
    [first],
  );
  const [traceHi, traceLo, spanId, start, end] = columns as BigUint64Array[];
  const [name, resource] = columns.slice(5) as Uint32Array[];
  const [kind, status] = columns.slice(7) as Uint8Array[];
  const [events, links] = columns.slice(10) as Uint16Array[];
  const [ids, texts] = names.columns as [Uint32Array, string[]];
  return {
    ids: [traceHi!, traceLo!, spanId!],
    times: [start!, end!],
    name: name!,
    resource: resource!,
    kind: kind!,
    status: status!,
    attributes: columns[9] as Uint32Array,
    events: events!,
    links: links!,
    names: new Map(Array.from(ids, (id, row) => [id, texts[row]!])),
  };
}

export async function loadUnfinished(database: DuckDatabase): Promise<UnfinishedRows> {
  const { columns } = await database.columns(
    `SELECT seq, trace_hi, trace_lo, span_id, resource, kind FROM spans
     WHERE times & ${UNFINISHED} <> 0 ORDER BY seq DESC LIMIT 100000`,
  );
  const [seq, traceHi, traceLo, spanId] = columns as BigUint64Array[];
  return {
    seq: seq!,
    ids: [traceHi!, traceLo!, spanId!],
    resource: columns[4] as Uint32Array,
    kind: columns[5] as Uint8Array,
  };
}
