import type { TelemetryItem } from '../../shared/sessions/dialects/telemetry-item';
import { readRows } from '../loki/records/read-rows';
import { leaveOutRepeats } from '../loki/selection/leave-out-repeats';
import { Pace } from '../pace/pace';
import { idsAsText } from '../store/reader/ids-as-text';
import type { Columns, DictionaryReader, SqlValue, StoreReader } from '../store/reader/reader';
import { formatTraceId } from '../tempo/store/trace-id';
import type { AgentRows } from './agent-rows';
import type { IndexedSession } from './session-index';
import { itemOfRecord } from './stored-items';

const BATCH = 4000;
const MARGIN_NS = 60_000_000_000n;

/** Records that name the session, in the order of their arrival. */
export async function* recordsOfSession(
  reader: StoreReader,
  { logs, attributes, firstMs, lastMs }: IndexedSession,
  signal: AbortSignal,
): AsyncGenerator<TelemetryItem> {
  if (!logs) return;
  const where = `seq <= ${logs.to}::UBIGINT AND list_has_any(attributes, $1::UINTEGER[])`;
  const condition = { where, parameters: [idsAsText([...attributes])] };
  yield* recordsWhere(reader, { ...condition, from: logs.from }, timesOf(firstMs, lastMs), signal);
}

/** Records of agents that were told within the session's traces, whether or not they name it. */
export async function* recordsOfTraces(
  reader: StoreReader,
  { traces, firstMs, lastMs }: IndexedSession,
  rows: AgentRows,
  signal: AbortSignal,
): AsyncGenerator<TelemetryItem> {
  if (traces.length === 0) return;
  const times = timesOf(firstMs, lastMs);
  const where = `time_ns >= ${times.from}::UBIGINT AND time_ns < ${times.to}::UBIGINT
    AND trace_lo IN (SELECT unnest($1::UBIGINT[])) AND ${rows.logs}`;
  const condition = { where, parameters: [`[${traces.map(({ lo }) => lo).join(',')}]`] };
  yield* recordsWhere(reader, { ...condition, from: 0n }, times, signal);
}

interface Condition {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
  /** The first row by seq. */
  readonly from: bigint;
}

async function* recordsWhere(
  reader: StoreReader,
  condition: Condition,
  times: { from: bigint; to: bigint },
  signal: AbortSignal,
): AsyncGenerator<TelemetryItem> {
  const { where, parameters } = await leaveOutRepeats(condition, reader, times, signal);
  for (let from = condition.from; ; ) {
    const { rows, limit } = await readRows(
      reader.database,
      `SELECT seq, time_ns, event_name, body, trace_hi, trace_lo, span_id, resource, scope, attributes
       FROM logs WHERE seq >= ${from}::UBIGINT AND ${where} ORDER BY seq`,
      parameters,
      BATCH,
      { signal },
    );
    yield* readItems(rows, reader.dictionary, signal);
    if (rows.rowCount < limit) return;
    from = (rows.columns[0] as BigUint64Array)[rows.rowCount - 1]! + 1n;
  }
}

async function* readItems(
  { columns, rowCount }: Columns,
  dictionary: DictionaryReader,
  signal: AbortSignal,
): AsyncGenerator<TelemetryItem> {
  const [, time] = columns as BigUint64Array[];
  const [eventName, bodies] = columns.slice(2) as [Uint32Array, readonly (string | null)[]];
  const [traceHi, traceLo, spanId] = columns.slice(4) as BigUint64Array[];
  const [resource, scope, lists] = columns.slice(7) as [Uint32Array, Uint32Array, readonly (readonly number[])[]];
  const pace = new Pace(signal);
  const ids = new Set<number>();
  for (let i = 0; i < rowCount; i++) for (const id of lists[i]!) ids.add(id);
  const [values, names] = await Promise.all([dictionary.attributes(ids), dictionary.strings(new Set(eventName))]);
  const resources = dictionary.resources();
  const scopes = dictionary.scopes();
  for (let i = 0; i < rowCount; i++) {
    if (pace.isDue()) await pace.turn();
    const [hi, lo] = [traceHi![i]!, traceLo![i]!];
    yield itemOfRecord({
      ...{ timeNs: time![i]!, eventName: names.get(eventName[i]!) ?? '', body: bodies[i] ?? '' },
      traceId: hi === 0n && lo === 0n ? '' : formatTraceId({ hi, lo }),
      ...{ spanId: spanId![i]!, resource: resources.get(resource[i]!), scope: scopes.get(scope[i]!) },
      attributes: lists[i]!.flatMap((id) => values.get(id) ?? []),
    });
  }
}

/** Repeats are looked for within them. */
function timesOf(firstMs: number, lastMs: number): { from: bigint; to: bigint } {
  const first = BigInt(Math.max(0, Math.floor(firstMs))) * 1_000_000n;
  return {
    from: first > MARGIN_NS ? first - MARGIN_NS : 0n,
    to: BigInt(Math.max(0, Math.ceil(lastMs))) * 1_000_000n + MARGIN_NS,
  };
}
