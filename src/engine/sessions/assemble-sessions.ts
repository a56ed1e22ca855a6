import type { Usage } from '../../shared/sessions/assembly/count-usage';
import { SessionAssembler } from '../../shared/sessions/assembly/session-assembler';
import { factsOfTrace } from '../../shared/sessions/dialects/facts-of-trace';
import { readFacts } from '../../shared/sessions/dialects/read-facts';
import type { SessionFact } from '../../shared/sessions/dialects/session-fact';
import type { TelemetryItem } from '../../shared/sessions/dialects/telemetry-item';
import { Pace } from '../pace/pace';
import type { StoredSeries, StoreReader } from '../store/reader/reader';
import { eachTrace } from '../tempo/store/each-trace';
import { formatTraceId, type TraceId } from '../tempo/store/trace-id';
import type { AgentRows } from './agent-rows';
import { readIncrements } from './read-increments';
import { recordsOfSessions, timesOf } from './read-session-logs';
import type { IndexedSession } from './session-index';
import { itemOfSpan } from './stored-items';

/** Records that are read of the sessions. */
const MOST_RECORDS = 200_000;
/** Traces that are loaded together. */
const TRACES_AT_ONCE = 200;

export interface SessionRows {
  readonly session: IndexedSession;
  readonly series: readonly StoredSeries[];
}

export interface Assembled<Made> {
  readonly made: Made;
  /** What its `usage` sums up. */
  readonly usage: readonly Usage[];
  /** Sentences on what was not read. */
  readonly leftOut: readonly string[];
}

/** What is made of one in the end, with a step between what takes long. */
type Make<Made> = (assembler: SessionAssembler) => Generator<void, Made | null>;

/** One that is being made. */
interface Member {
  readonly assembler: SessionAssembler;
  /** Milliseconds, with a margin. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Sessions out of their rows, in their order, each row read once for all of them; in memory that is bounded where they are few or small, in
 * turns. Null for those of which the rows tell nothing. Rejects with the signal's reason.
 */
export async function assembleSessions<Made>(
  reader: StoreReader,
  { sessions, rows }: { readonly sessions: readonly SessionRows[]; readonly rows: AgentRows },
  make: Make<Made>,
  signal: AbortSignal,
): Promise<(Assembled<Made> | null)[]> {
  const members = new Map<string, Member>();
  const traces = new Map<string, { readonly id: TraceId; readonly members: Map<string, Member> }>();
  for (const { session } of sessions) {
    const { from, to } = timesOf([session]);
    const assembler = new SessionAssembler(session.id);
    const member = { assembler, fromMs: Number(from) / 1e6, toMs: Number(to) / 1e6 };
    members.set(session.id, member);
    for (const id of session.traces) {
      const key = formatTraceId(id);
      const trace = traces.get(key) ?? { id, members: new Map() };
      traces.set(key, trace);
      trace.members.set(session.id, member);
    }
  }
  const pace = new Pace(signal);
  const leftOut: string[] = [];
  const add = (item: TelemetryItem) => {
    for (const fact of readFacts(item)) {
      if (fact.session !== '') members.get(fact.session)?.assembler.add(fact);
      else if (item.traceId !== '') addUnnamed(traces.get(item.traceId)?.members, fact);
    }
  };
  let records = 0;
  reading: for await (const items of recordsOfSessions(
    reader,
    sessions.map(({ session }) => session),
    rows,
    signal,
  )) {
    for (const item of items) {
      if (++records > MOST_RECORDS) break reading;
      add(item);
      if (pace.isDue()) await pace.turn();
    }
  }
  if (records > MOST_RECORDS) leftOut.push(`Of the session's records the first ${MOST_RECORDS} were read.`);
  const ids = [...traces.values()].map(({ id }) => id);
  for (let at = 0; at < ids.length; at += TRACES_AT_ONCE) {
    const options = { signal, attributes: true, events: false };
    for await (const trace of eachTrace(reader, ids.slice(at, at + TRACES_AT_ONCE), options)) {
      const traceId = formatTraceId(trace);
      const owners = traces.get(traceId)!.members;
      const spans = await pace.map(trace.spans, (span) => itemOfSpan(span, traceId));
      for (const { assembler } of owners.values())
        for (const { spanId, parentSpanId } of spans) assembler.addSpan(spanId, parentSpanId);
      for (const fact of factsOfTrace(traceId, spans).flat()) owners.get(fact.session)?.assembler.add(fact);
      if (pace.isDue()) await pace.turn();
    }
  }
  const { increments, isCut } = await readIncrements(
    reader,
    sessions.flatMap(({ series }) => series),
    signal,
  );
  for (const [id, { assembler }] of members)
    for (const increment of increments.get(id) ?? []) assembler.addMetric(increment);
  if (isCut) leftOut.push('Of the counters of the session the first samples were read: there are too many.');
  const assembled: (Assembled<Made> | null)[] = [];
  for (const { assembler } of members.values()) {
    const made = await inTurns(make(assembler), pace);
    assembled.push(made && { made, usage: assembler.usage, leftOut });
  }
  return assembled;
}

/** Told within a trace, by an agent that names no session: of each that the trace is of. */
function addUnnamed(owners: ReadonlyMap<string, Member> | undefined, fact: SessionFact): void {
  for (const { assembler, fromMs, toMs } of owners?.values() ?? [])
    if (fact.endMs >= fromMs && fact.endMs < toMs) assembler.add(fact);
}

async function inTurns<Made>(steps: Generator<void, Made>, pace: Pace): Promise<Made> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (pace.isDue()) await pace.turn();
  }
}
