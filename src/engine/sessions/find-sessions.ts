import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import type { Wanted } from '../../shared/sessions/assembly/session-assembler';
import type { SpanIndexReader, StoreReader } from '../store/reader/reader';
import { findAgentRows } from './agent-rows';
import { assembleSession, type SessionRows } from './assemble-session';
import { findCounters } from './read-increments';
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
    const session = await makeSession(reader, rows, { from, to }, signal);
    if (session) sessions.push(session);
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
  const counters = await findCounters(reader, signal);
  const known = new Set(indexed.map(({ id }) => id));
  const counted = [...counters].flatMap(([id, { firstMs, lastMs, samples }]): IndexedSession[] => {
    if (known.has(id) || samples === 0) return [];
    return [{ id, attributes: new Set(), logs: undefined, traces: [], firstMs, lastMs, version: '' }];
  });
  return [...indexed, ...counted]
    .map((session): SessionRows => {
      const { series = [], lastMs = 0, samples = 0 } = counters.get(session.id) ?? {};
      const version = `${session.version}/${samples}/${lastMs}`;
      return { session: { ...session, lastMs: Math.max(session.lastMs, lastMs), version }, series, rows };
    })
    .sort(({ session: a }, { session: b }) => b.lastMs - a.lastMs || (a.id < b.id ? -1 : 1));
}

interface Made {
  readonly version: string;
  /** Null: its rows tell nothing. */
  readonly session: AssembledSession | null;
}

/** Sessions that are kept as they were made: those of a list that is asked for again and again. */
const MOST_KEPT = 300;
const made = new WeakMap<SpanIndexReader, Map<string, Made>>();

/** The session as it was made before, where no row came since and all of it lies in the window. */
async function makeSession(
  reader: StoreReader,
  rows: SessionRows,
  { from, to }: Window,
  signal: AbortSignal,
): Promise<AssembledSession | null> {
  const { id, version } = rows.session;
  const opened = reader.spanIndex();
  const kept = made.get(opened) ?? new Map<string, Made>();
  made.set(opened, kept);
  const before = kept.get(id);
  if (before?.version === version) {
    if (!before.session) return null;
    const { startedAt, lastAt, usage } = before.session;
    if (startedAt >= from && lastAt < to) return { ...before.session, within: usage };
  }
  const detail = await assembleSession(reader, rows, { from, to }, signal);
  const session = detail?.session ?? null;
  kept.delete(id);
  kept.set(id, { version, session });
  for (const [oldest] of kept) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return session;
}
