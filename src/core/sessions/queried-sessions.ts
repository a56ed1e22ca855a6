import { agents } from '../../shared/agents/agents';
import type { Series, TimeWindow } from '../../shared/contract/telemetry';
import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import { readIncrement } from '../../shared/sessions/assembly/metric-increment';
import { SessionAssembler, type Wanted } from '../../shared/sessions/assembly/session-assembler';
import { factsOfTrace } from '../../shared/sessions/dialects/facts-of-trace';
import { readFacts } from '../../shared/sessions/dialects/read-facts';
import type { SessionFact } from '../../shared/sessions/dialects/session-fact';
import { eachLine } from '../runs/telemetry/each-line';
import { findTraceIds } from '../runs/telemetry/find-trace-ids';
import type { LokiClient } from '../telemetry/loki-client';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import { BackendFailure } from '../telemetry/request/backend-failure';
import type { TempoClient } from '../telemetry/tempo-client';
import { itemOfLine, itemsOfTrace } from './queried-items';
import type { SessionSource } from './session-source';

interface Clients {
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** A session that does something in a window may have begun so long before it. */
const lookBackMs = 43_200_000;
/** One that is asked for by its id may be so old. */
const oldestMs = 259_200_000;
const mostTraces = 1000;
const mostLines = 50_000;
/** Traces that are asked for at a time. */
const atOnce = 8;

const services = [...agents.flatMap(({ services }) => services), 'codex.*'].join('|');
const counters = '{__name__=~"claude_code_(?:token|cost)_usage.*|gemini_cli_token_usage.*", session_id!=""}';

/** Sessions out of what Tempo, Loki and Prometheus answer, whichever these are: of agents that send under their own names. */
export class QueriedSessions implements SessionSource {
  constructor(private readonly clients: Clients) {}

  async list({ from, to }: TimeWindow, limit: number, signal?: AbortSignal) {
    const { assemblers, leftOut } = await this.read({ from: from - lookBackMs, to }, signal);
    const sessions = [...assemblers.values()]
      .flatMap((assembler) => assembler.finish({ from, to })?.session ?? [])
      .filter(({ startedAt, lastAt }) => lastAt >= from && startedAt < to)
      .sort(byLast);
    const more = sessions.length - limit;
    if (more > 0) leftOut.push(`${more} sessions that did something before these are not listed.`);
    return { sessions: sessions.slice(0, limit), leftOut };
  }

  async find(
    ref: string,
    wanted: Wanted,
    signal?: AbortSignal,
  ): Promise<AssembledDetail | { several: string[] } | null> {
    const now = (this.clients.now ?? Date.now)();
    const { assemblers, leftOut } = await this.read({ from: now - oldestMs, to: now + 60_000 }, signal);
    const found = [...assemblers].flatMap(([id, assembler]) => {
      if (id !== ref && ref !== 'last' && !id.startsWith(ref)) return [];
      return assembler.finish(wanted) ?? [];
    });
    const exact = found.filter(({ session: { id } }) => id === ref);
    const fitting = exact.length > 0 ? exact : found.sort((a, b) => byLast(a.session, b.session));
    if (fitting.length > 1 && ref !== 'last') return { several: fitting.map(({ session: { id } }) => id) };
    const first = fitting[0];
    return first ? { ...first, leftOut: [...first.leftOut, ...leftOut] } : null;
  }

  private async read(window: TimeWindow, signal?: AbortSignal) {
    const assemblers = new Map<string, SessionAssembler>();
    const leftOut: string[] = [];
    const of = (id: string) => {
      const known = assemblers.get(id) ?? new SessionAssembler(id);
      assemblers.set(id, known);
      return known;
    };
    const told = async (what: string, read: () => Promise<void>) => {
      try {
        await read();
      } catch (error) {
        if (!(error instanceof BackendFailure)) throw error;
        leftOut.push(`${what} could not be asked for: ${error.message}`);
      }
    };
    /** The sessions of traces: records within them may name none. */
    const owners = new Map<string, string>();
    await told('Traces', () => this.readTraces(window, { of, owners, leftOut }, signal));
    await told('Log lines', () => this.readLines(window, { of, owners, leftOut }, signal));
    await told('Metrics', () => this.readCounters(window, of, signal));
    return { assemblers, leftOut };
  }

  private async readTraces(
    window: TimeWindow,
    { of, owners, leftOut }: { of: (id: string) => SessionAssembler; owners: Map<string, string>; leftOut: string[] },
    signal?: AbortSignal,
  ): Promise<void> {
    const { tempo } = this.clients;
    const query = `{ resource.service.name =~ "${services}" || span.gen_ai.operation.name != nil }`;
    const { ids, isCut } = await findTraceIds(tempo, { query, window, most: mostTraces }, signal);
    if (isCut) leftOut.push(`Of the traces ${ids.length} were read: there are more.`);
    for (let at = 0; at < ids.length; at += atOnce) {
      const traces = await Promise.all(ids.slice(at, at + atOnce).map((id) => tempo.get(id, signal)));
      for (const trace of traces) {
        if (!trace) continue;
        const items = itemsOfTrace(trace);
        const told = factsOfTrace(trace.traceId, items).flat();
        // A trace of which nothing but its id could name the session is one where an agent was at work.
        const hasAgent = told.some(({ kind }) => kind === 'agent');
        const sessions = new Set<string>();
        for (const fact of told) {
          if (fact.session === '' || (fact.session === trace.traceId && !hasAgent)) continue;
          of(fact.session).add(fact);
          sessions.add(fact.session);
        }
        for (const session of sessions)
          for (const { spanId, parentSpanId } of items) of(session).addSpan(spanId, parentSpanId);
        if (sessions.size === 1) owners.set(trace.traceId, [...sessions][0]!);
      }
    }
  }

  private async readLines(
    window: TimeWindow,
    { of, owners, leftOut }: { of: (id: string) => SessionAssembler; owners: Map<string, string>; leftOut: string[] },
    signal?: AbortSignal,
  ): Promise<void> {
    let read = 0;
    for await (const line of eachLine(this.clients.loki, `{service_name=~"${services}"}`, window, signal)) {
      if (++read > mostLines) {
        leftOut.push(`Of the log lines the first ${mostLines} were read.`);
        return;
      }
      const item = itemOfLine(line);
      for (const fact of readFacts(item)) {
        const session = fact.session || owners.get(item.traceId);
        if (session) of(session).add({ ...fact, session } as SessionFact);
      }
    }
  }

  private async readCounters(
    { from, to }: TimeWindow,
    of: (id: string) => SessionAssembler,
    signal?: AbortSignal,
  ): Promise<void> {
    const seconds = Math.max(1, Math.ceil((to - from) / 1000));
    const { series } = await this.clients.prometheus.query(`${counters}[${seconds}s]`, to, signal);
    for (const each of series) addCounter(each, of);
  }
}

/** Sample by sample, as the engine does. */
function addCounter({ labels, values }: Series, of: (id: string) => SessionAssembler): void {
  const session = labels.session_id;
  if (!session) return;
  let before = 0;
  for (const [seconds, text] of values) {
    const value = Number(text);
    if (Number.isNaN(value)) continue;
    const increase = value >= before ? value - before : value;
    before = value;
    if (increase === 0) continue;
    for (const increment of readIncrement(labels.__name__ ?? '', (name) => labels[name], seconds * 1000, increase))
      of(session).addMetric(increment);
  }
}

function byLast(a: AssembledSession, b: AssembledSession): number {
  return b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1);
}
