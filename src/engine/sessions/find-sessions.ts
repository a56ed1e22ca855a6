import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import type { Wanted } from '../../shared/sessions/assembly/session-assembler';
import { idsAsText } from '../store/reader/ids-as-text';
import type { StoredSeries, StoreReader } from '../store/reader/reader';
import { findAgentRows } from './agent-rows';
import { assembleSession, type SessionRows } from './assemble-session';
import { findSessionSeries } from './read-increments';
import { type IndexedSession, SessionIndex } from './session-index';

interface Window {
  /** Unix milliseconds, `to` not included. */
  readonly from: number;
  readonly to: number;
}

/** The sessions that did something in a window, the last that did first. */
export async function listSessions(
  reader: StoreReader,
  { from, to }: Window,
  limit: number,
  signal: AbortSignal,
): Promise<{ sessions: AssembledSession[]; leftOut: string[] }> {
  const all = await everySession(reader, signal);
  const candidates = all.filter(({ session: { firstMs, lastMs } }) => lastMs >= from && firstMs < to);
  const sessions: AssembledSession[] = [];
  const leftOut: string[] = [];
  for (const [index, rows] of candidates.entries()) {
    if (sessions.length === limit) {
      leftOut.push(`${candidates.length - index} sessions that did something before these are not listed.`);
      break;
    }
    const detail = await assembleSession(reader, rows, { from, to }, signal);
    if (detail) sessions.push(detail.session);
  }
  return { sessions, leftOut };
}

/** By its id, the start of one that no other has, or `last`. Several: their ids. */
export async function findSession(
  reader: StoreReader,
  ref: string,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<AssembledDetail | { several: string[] } | null> {
  const all = await everySession(reader, signal);
  const exact = all.filter(({ session: { id } }) => id === ref);
  const matching = exact.length > 0 || ref === 'last' ? exact : all.filter(({ session: { id } }) => id.startsWith(ref));
  if (matching.length > 1) return { several: matching.map(({ session: { id } }) => id) };
  for (const rows of ref === 'last' && exact.length === 0 ? all : matching) {
    const detail = await assembleSession(reader, rows, wanted, signal);
    if (detail) return detail;
  }
  return null;
}

/** Those of which only counters are known among them. */
async function everySession(reader: StoreReader, signal: AbortSignal): Promise<SessionRows[]> {
  const rows = await findAgentRows(reader, signal);
  const indexed = await SessionIndex.of(reader).list(signal);
  const series = await findSessionSeries(reader, signal);
  const known = new Set(indexed.map(({ id }) => id));
  const counted = await onlyCounted(reader, new Map([...series].filter(([id]) => !known.has(id))), signal);
  return [...indexed, ...counted]
    .sort((a, b) => b.lastMs - a.lastMs || (a.id < b.id ? -1 : 1))
    .map((session) => ({ session, series: series.get(session.id) ?? [], rows }));
}

async function onlyCounted(
  reader: StoreReader,
  series: ReadonlyMap<string, readonly StoredSeries[]>,
  signal: AbortSignal,
): Promise<IndexedSession[]> {
  if (series.size === 0) return [];
  const owners = new Map(
    [...series].flatMap(([session, counters]) => counters.map(({ id }) => [id, session] as const)),
  );
  const { columns, rowCount } = await reader.database.columns(
    `SELECT series, min(time_ms), max(time_ms) FROM samples WHERE series IN (SELECT unnest($1::UINTEGER[])) GROUP BY series`,
    [idsAsText([...owners.keys()])],
    { signal },
  );
  const [ids, first, last] = columns as [Uint32Array, BigInt64Array, BigInt64Array];
  const found = new Map<string, IndexedSession>();
  for (let i = 0; i < rowCount; i++) {
    const id = owners.get(ids[i]!)!;
    const [firstMs, lastMs] = [Number(first[i]!), Number(last[i]!)];
    const known = found.get(id);
    found.set(id, {
      ...{ id, attributes: new Set<number>(), logs: undefined, traces: [] },
      firstMs: Math.min(known?.firstMs ?? firstMs, firstMs),
      lastMs: Math.max(known?.lastMs ?? lastMs, lastMs),
    });
  }
  return [...found.values()];
}
