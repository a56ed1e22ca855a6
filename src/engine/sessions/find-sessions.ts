import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import type { SessionAssembler, Wanted } from '../../shared/sessions/assembly/session-assembler';
import type { StoreReader } from '../store/reader/reader';
import { type AgentRows, findAgentRows } from './agent-rows';
import { assembleSessions, type SessionRows } from './assemble-sessions';
import { MadeSessions, type Window } from './made-sessions';
import { findCounters } from './read-increments';
import { type IndexedSession, SessionIndex } from './session-index';

/** Sessions that are made together, and their rows: what is read of these is in memory together. */
const MOST_TOGETHER = 200;
const ROWS_TOGETHER = 4000;

/** The sessions that did something in a window, the last that did first. */
export async function listSessions(
  reader: StoreReader,
  window: Window,
  limit: number,
  signal: AbortSignal,
): Promise<{ sessions: AssembledSession[]; leftOut: string[] }> {
  const { rows, all } = await everySession(reader, signal);
  const candidates = all.filter(({ session: { firstMs, lastMs } }) => lastMs >= window.from && firstMs < window.to);
  const made = MadeSessions.of(reader);
  const sessions: AssembledSession[] = [];
  let at = 0;
  while (at < candidates.length && sessions.length < limit) {
    const group = candidates.slice(at, at + Math.min(MOST_TOGETHER, limit - sessions.length));
    const known = group.map(({ session }) => made.recall(session, window));
    const count = countTogether(group, known);
    const missing = group.slice(0, count).filter((_, index) => known[index] === undefined);
    const summarize = (assembler: SessionAssembler) => assembler.summarizing(window);
    const assembled = await assembleSessions(reader, { sessions: missing, rows }, summarize, signal);
    for (const [index, each] of missing.entries())
      known[group.indexOf(each)] = made.keep(each.session, assembled[index]!, window);
    sessions.push(...known.slice(0, count).flatMap((session) => session ?? []));
    at += count;
  }
  const rest = candidates.length - at;
  return {
    sessions,
    leftOut: rest > 0 ? [`${rest} sessions that did something before these are not listed.`] : [],
  };
}

/** How many of the first can be answered with what is read at a time; the largest by itself. */
function countTogether(group: readonly SessionRows[], known: readonly unknown[]): number {
  let together = 0;
  for (const [index, { session }] of group.entries()) {
    if (known[index] !== undefined) continue;
    together += session.rows;
    if (together > ROWS_TOGETHER && together > session.rows) return index;
  }
  return group.length;
}

/** By its id, the start of one that no other has, or `last`. Several: their ids. */
export async function findSession(
  reader: StoreReader,
  ref: string,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<AssembledDetail | { several: string[] } | null> {
  const { rows, all } = await everySession(reader, signal);
  const exact = all.filter(({ session: { id } }) => id === ref);
  const matching = exact.length > 0 || ref === 'last' ? exact : all.filter(({ session: { id } }) => id.startsWith(ref));
  if (matching.length > 1) return { several: matching.map(({ session: { id } }) => id) };
  for (const session of ref === 'last' && exact.length === 0 ? all : matching) {
    const finish = (assembler: SessionAssembler) => assembler.finishing(wanted);
    const [found] = await assembleSessions(reader, { sessions: [session], rows }, finish, signal);
    if (found) return { ...found.made, leftOut: [...found.made.leftOut, ...found.leftOut] };
  }
  return null;
}

/** Those of which only counters are known among them. */
async function everySession(
  reader: StoreReader,
  signal: AbortSignal,
): Promise<{ rows: AgentRows; all: SessionRows[] }> {
  const rows = await findAgentRows(reader, signal);
  const indexed = await SessionIndex.of(reader).list(signal);
  const counters = await findCounters(reader, signal);
  const known = new Set(indexed.map(({ id }) => id));
  const counted = [...counters].flatMap(([id, { firstMs, lastMs, samples }]): IndexedSession[] => {
    if (known.has(id) || samples === 0) return [];
    return [{ id, attributes: new Set(), logs: undefined, traces: [], firstMs, lastMs, rows: 0, version: '' }];
  });
  const all = [...indexed, ...counted]
    .map((session): SessionRows => {
      const { series = [], lastMs = 0, samples = 0 } = counters.get(session.id) ?? {};
      const version = `${session.version}/${samples}/${lastMs}`;
      return {
        session: { ...session, lastMs: Math.max(session.lastMs, lastMs), rows: session.rows + samples, version },
        series,
      };
    })
    .sort(({ session: a }, { session: b }) => b.lastMs - a.lastMs || (a.id < b.id ? -1 : 1));
  return { rows, all };
}
