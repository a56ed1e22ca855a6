import type { TelemetryItem } from '../../shared/sessions/dialects/telemetry-item';
import { readRows } from '../loki/records/read-rows';
import { leaveOutRepeats } from '../loki/selection/leave-out-repeats';
import { Pace } from '../pace/pace';
import { idsAsText } from '../store/reader/ids-as-text';
import type { Columns, DictionaryReader, StoredAttribute, StoreReader } from '../store/reader/reader';
import { formatTraceId } from '../tempo/store/trace-id';
import type { AgentRows } from './agent-rows';
import { type IndexedSession, joinRanges } from './session-index';
import { itemOfRecord } from './stored-items';

const BATCH = 4000;
const MARGIN_NS = 60_000_000_000n;

/**
 * Records that name one of the sessions, and those of agents that were told within their traces, whether or not they name one: in one pass
 * over the rows, in the order of their arrival, some thousand at a time.
 */
export async function* recordsOfSessions(
  reader: StoreReader,
  sessions: readonly IndexedSession[],
  rows: AgentRows,
  signal: AbortSignal,
): AsyncGenerator<TelemetryItem[]> {
  const named = sessions.flatMap(({ logs }) => logs ?? []);
  const traces = sessions.flatMap((session) => session.traces);
  const either: string[] = [];
  const parameters: string[] = [];
  if (named.length > 0) {
    parameters.push(idsAsText(sessions.flatMap(({ attributes }) => [...attributes])));
    const { to } = named.reduce(joinRanges);
    either.push(`(seq <= ${to}::UBIGINT AND list_has_any(attributes, $${parameters.length}::UINTEGER[]))`);
  }
  if (traces.length > 0) {
    parameters.push(`[${traces.map(({ lo }) => lo).join(',')}]`);
    either.push(`(trace_lo IN (SELECT unnest($${parameters.length}::UBIGINT[])) AND ${rows.logs})`);
  }
  if (either.length === 0) return;
  const times = timesOf(sessions);
  const within = `time_ns >= ${times.from}::UBIGINT AND time_ns < ${times.to}::UBIGINT`;
  const condition = { where: `${within} AND (${either.join(' OR ')})`, parameters };
  const { where, parameters: values } = await leaveOutRepeats(condition, reader, times, signal);
  for (let from = traces.length > 0 ? 0n : named.reduce(joinRanges).from; ; ) {
    const { rows: batch, limit } = await readRows(
      reader.database,
      `SELECT seq, time_ns, event_name, body, trace_hi, trace_lo, span_id, resource, scope, attributes
       FROM logs WHERE seq >= ${from}::UBIGINT AND ${where} ORDER BY seq`,
      values,
      BATCH,
      { signal, flatLists: true },
    );
    yield await readItems(batch, reader.dictionary, signal);
    if (batch.rowCount < limit) return;
    from = (batch.columns[0] as BigUint64Array)[batch.rowCount - 1]! + 1n;
  }
}

async function readItems(
  { columns, lists, rowCount }: Columns,
  dictionary: DictionaryReader,
  signal: AbortSignal,
): Promise<TelemetryItem[]> {
  const [, time] = columns as BigUint64Array[];
  const [eventName, bodies] = columns.slice(2) as [Uint32Array, readonly (string | null)[]];
  const [traceHi, traceLo, spanId] = columns.slice(4) as BigUint64Array[];
  const [resource, scope] = columns.slice(7) as [Uint32Array, Uint32Array];
  const { starts, ids } = lists![0]!;
  const pace = new Pace(signal);
  const [values, names] = await Promise.all([
    dictionary.attributes(new Set(ids)),
    dictionary.strings(new Set(eventName)),
  ]);
  const resources = dictionary.resources();
  const scopes = dictionary.scopes();
  const items: TelemetryItem[] = [];
  for (let i = 0; i < rowCount; i++) {
    if (pace.isDue()) await pace.turn();
    const [hi, lo] = [traceHi![i]!, traceLo![i]!];
    const attributes: StoredAttribute[] = [];
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const value = values.get(ids[at]!);
      if (value) attributes.push(value);
    }
    items.push(
      itemOfRecord({
        ...{ timeNs: time![i]!, eventName: names.get(eventName[i]!) ?? '', body: bodies[i] ?? '' },
        traceId: hi === 0n && lo === 0n ? '' : formatTraceId({ hi, lo }),
        ...{ spanId: spanId![i]!, resource: resources.get(resource[i]!), scope: scopes.get(scope[i]!) },
        attributes,
      }),
    );
  }
  return items;
}

/** Of sessions, with a margin; repeats are looked for within them. */
export function timesOf(sessions: readonly Pick<IndexedSession, 'firstMs' | 'lastMs'>[]): { from: bigint; to: bigint } {
  const firstMs = sessions.reduce((least, session) => Math.min(least, session.firstMs), Number.POSITIVE_INFINITY);
  const lastMs = sessions.reduce((most, session) => Math.max(most, session.lastMs), 0);
  const first = BigInt(Math.max(0, Math.floor(firstMs))) * 1_000_000n;
  return {
    from: first > MARGIN_NS ? first - MARGIN_NS : 0n,
    to: BigInt(Math.max(0, Math.ceil(lastMs))) * 1_000_000n + MARGIN_NS,
  };
}
