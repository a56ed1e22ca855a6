import type { DuckDatabase } from '../duck/duck-database';
import { UNFINISHED } from '../reader/span-times';

/** Spans that are remembered over a restart, to know them when they are sent again. */
const REMEMBERED_SPANS = 200_000n;
const REMEMBERED_UNFINISHED = 100_000;

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
  readonly name: Uint32Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
}

export async function loadRecentSpans(database: DuckDatabase, nextSeq: bigint): Promise<RecentSpans> {
  const first = nextSeq > REMEMBERED_SPANS ? nextSeq - REMEMBERED_SPANS : 0n;
  const { columns } = await database.columns(
    `SELECT trace_hi, trace_lo, span_id, seq, start_ns, start_ns + duration_ns, name, resource, kind, status,
       len(attributes)::UINTEGER, events, links
     FROM spans WHERE seq >= $1`,
    [first],
  );
  const names = await database.columns(
    'SELECT id, value FROM strings WHERE id IN (SELECT DISTINCT name FROM spans WHERE seq >= $1)',
    [first],
  );
  const [traceHi, traceLo, spanId, seq, start, end] = columns as BigUint64Array[];
  const [name, resource] = columns.slice(6) as Uint32Array[];
  const [kind, status] = columns.slice(8) as Uint8Array[];
  const [events, links] = columns.slice(11) as Uint16Array[];
  const [ids, texts] = names.columns as [Uint32Array, string[]];
  await enterSentTimes(database, first, seq!, [start!, end!]);
  return {
    ids: [traceHi!, traceLo!, spanId!],
    times: [start!, end!],
    name: name!,
    resource: resource!,
    kind: kind!,
    status: status!,
    attributes: columns[10] as Uint32Array,
    events: events!,
    links: links!,
    names: new Map(Array.from(ids, (id, row) => [id, texts[row]!])),
  };
}

/** Puts the times that spans were sent with in the place of those that they stand at. */
async function enterSentTimes(
  database: DuckDatabase,
  first: bigint,
  seqs: BigUint64Array,
  [start, end]: RecentSpans['times'],
): Promise<void> {
  const sent = await database.columns('SELECT span_seq, start_ns, end_ns FROM span_sent_times WHERE span_seq >= $1', [
    first,
  ]);
  const [seq, sentStart, sentEnd] = sent.columns as [BigUint64Array, BigUint64Array, BigUint64Array];
  if (sent.rowCount === 0) return;
  const rowOf = new Map(Array.from(seqs, (at, row) => [at, row]));
  for (let i = 0; i < sent.rowCount; i++) {
    const row = rowOf.get(seq[i]!);
    if (row === undefined) continue;
    start[row] = sentStart[i]!;
    end[row] = sentEnd[i]!;
  }
}

/** In order of arrival, so many of the last ones as are remembered. Sorting would take memory that stays taken. */
export async function loadUnfinished(database: DuckDatabase): Promise<UnfinishedRows> {
  const unfinished = `FROM spans WHERE times & ${UNFINISHED} <> 0`;
  const [found] = await database.rows<{ count: number }>(`SELECT count(*)::DOUBLE AS count ${unfinished}`);
  const { columns } = await database.columns(
    `SELECT seq, trace_hi, trace_lo, span_id, resource, name, kind, status ${unfinished}
     OFFSET ${Math.max(0, found!.count - REMEMBERED_UNFINISHED)}`,
  );
  const [seq, traceHi, traceLo, spanId] = columns as BigUint64Array[];
  return {
    seq: seq!,
    ids: [traceHi!, traceLo!, spanId!],
    resource: columns[4] as Uint32Array,
    name: columns[5] as Uint32Array,
    kind: columns[6] as Uint8Array,
    status: columns[7] as Uint8Array,
  };
}
