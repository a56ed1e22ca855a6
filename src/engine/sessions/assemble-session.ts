import type { AssembledDetail } from '../../shared/sessions/assembly/assembled-session';
import { SessionAssembler, type Wanted } from '../../shared/sessions/assembly/session-assembler';
import { factsOfTrace } from '../../shared/sessions/dialects/facts-of-trace';
import { readFacts } from '../../shared/sessions/dialects/read-facts';
import type { SessionFact } from '../../shared/sessions/dialects/session-fact';
import { Pace } from '../pace/pace';
import type { StoredSeries, StoreReader } from '../store/reader/reader';
import { eachTrace } from '../tempo/store/each-trace';
import { formatTraceId } from '../tempo/store/trace-id';
import type { AgentRows } from './agent-rows';
import { readIncrements } from './read-increments';
import { recordsOfSession, recordsOfTraces } from './read-session-logs';
import type { IndexedSession } from './session-index';
import { itemOfSpan } from './stored-items';

/** Records that are read of one session. */
const MOST_RECORDS = 200_000;
/** Traces that are loaded together. */
const TRACES_AT_ONCE = 200;

export interface SessionRows {
  readonly session: IndexedSession;
  readonly series: readonly StoredSeries[];
  readonly rows: AgentRows;
}

/** One session out of its rows, in memory that is bounded, in turns; null where they tell nothing. Rejects with the signal's reason. */
export async function assembleSession(
  reader: StoreReader,
  { session, series, rows }: SessionRows,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<AssembledDetail | null> {
  const assembler = new SessionAssembler(session.id);
  const pace = new Pace(signal);
  const leftOut: string[] = [];
  let records = 0;
  const add = (facts: readonly SessionFact[], isOwn: (id: string) => boolean) => {
    for (const fact of facts) if (isOwn(fact.session)) assembler.add(fact);
  };
  for await (const item of recordsOfSession(reader, session, signal)) {
    if (++records > MOST_RECORDS) break;
    add(readFacts(item), (id) => id === session.id);
  }
  // Those that name it were read already.
  const traces = new Set(session.traces.map(formatTraceId));
  for await (const item of recordsOfTraces(reader, session, rows, signal)) {
    if (++records > MOST_RECORDS) break;
    if (traces.has(item.traceId)) add(readFacts(item), (id) => id === '');
  }
  if (records > MOST_RECORDS) leftOut.push(`Of the session's records the first ${MOST_RECORDS} were read.`);
  for (let at = 0; at < session.traces.length; at += TRACES_AT_ONCE) {
    const ids = session.traces.slice(at, at + TRACES_AT_ONCE);
    for await (const trace of eachTrace(reader, ids, { signal, attributes: true, events: false })) {
      const traceId = formatTraceId(trace);
      const spans = await pace.map(trace.spans, (span) => itemOfSpan(span, traceId));
      for (const { spanId, parentSpanId } of spans) assembler.addSpan(spanId, parentSpanId);
      for (const facts of factsOfTrace(traceId, spans)) add(facts, (id) => id === session.id);
      if (pace.isDue()) await pace.turn();
    }
  }
  const { increments, isCut } = await readIncrements(reader, series, signal);
  for (const increment of increments) assembler.addMetric(increment);
  if (isCut) leftOut.push('Of the counters of the session the first samples were read: there are too many.');
  const steps = assembler.finishing(wanted);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value && { ...step.value, leftOut: [...step.value.leftOut, ...leftOut] };
    if (pace.isDue()) await pace.turn();
  }
}
