import { Pace } from '../pace/pace';
import type { SpanIndexReader, StoreReader } from '../store/reader/reader';
import { formatTraceId, type TraceId } from '../tempo/store/trace-id';
import { type AgentRows, findAgentRows, sessionKeys } from './agent-rows';

/** Where the rows of a session are. */
export interface IndexedSession {
  readonly id: string;
  /** Of its id, in any of the attributes that name one. */
  readonly attributes: ReadonlySet<number>;
  /** Rows of `logs` by seq, both included; undefined where none names it. */
  readonly logs: SeqRange | undefined;
  readonly traces: readonly TraceId[];
  /** Unix milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** About how many rows tell of it, of `logs` and `spans`. */
  readonly rows: number;
  /** Another one when rows came that may be of it. */
  readonly version: string;
}

interface SeqRange {
  readonly from: bigint;
  readonly to: bigint;
}

interface Known {
  readonly attributes: Set<number>;
  logs: SeqRange | undefined;
  readonly traces: Map<string, TraceId>;
  /** Of `logs`. */
  rows: number;
  firstMs: number;
  lastMs: number;
}

interface KnownTrace {
  readonly id: TraceId;
  readonly sessions: Set<string>;
  /** How sure the names are: the position of their attribute in `sessionKeys`. */
  rank: number;
  hasAgent: boolean;
  /** Of `spans`. */
  rows: number;
  firstMs: number;
  lastMs: number;
}

/** Rows that one statement looks at. */
const ROWS_AT_ONCE = 200_000n;
/** Sessions and traces that are remembered; those that did something last. */
const MOST_SESSIONS = 5000;
const MOST_TRACES = 100_000;
/** Of one session's traces. */
const MOST_OF_SESSION = 5000;
/** One row, in units of `Pace.isDueAfter`. */
const ROW = 40;

/**
 * Which sessions there are and where their rows lie. Rows are only appended, so that each is looked at once; what retention deletes leaves
 * sessions without rows, which tell nothing when they are read.
 */
export class SessionIndex {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, SessionIndex>();
  private readonly sessions = new Map<string, Known>();
  private readonly traces = new Map<string, KnownTrace>();
  /** The next rows to be looked at. */
  private nextLog = 0n;
  private nextSpan = 0n;
  /** Records of agents that name no session: they may be of any trace. */
  private unnamed = 0;
  /** The oldest rows: others once some were deleted. */
  private oldest = '';
  private refreshing: Promise<void> = Promise.resolve();

  private constructor(private readonly reader: StoreReader) {}

  /** That of the opened database: in one that is opened anew the ids are others. */
  static of(reader: StoreReader): SessionIndex {
    const opened = reader.spanIndex();
    const index = SessionIndex.ofIndex.get(opened) ?? new SessionIndex(reader);
    SessionIndex.ofIndex.set(opened, index);
    return index;
  }

  /** The last that did something first. Rejects with the signal's reason. */
  async list(signal: AbortSignal): Promise<IndexedSession[]> {
    // One after the other; what an aborted one did not look at, the next one does.
    const turn = this.refreshing.then(() => this.refresh(signal));
    this.refreshing = turn.catch(() => {});
    await turn;
    return this.all().sort((a, b) => b.lastMs - a.lastMs || (a.id < b.id ? -1 : 1));
  }

  private all(): IndexedSession[] {
    const listed = [...this.sessions].map(([id, { traces, rows, ...known }]): IndexedSession => {
      return { id, ...known, traces: [...traces.values()], ...this.countRows(rows, traces.keys()) };
    });
    for (const [key, { id, sessions, hasAgent, firstMs, lastMs }] of this.traces) {
      if (!hasAgent || sessions.size > 0) continue;
      const own = { id: formatTraceId(id), attributes: new Set<number>(), logs: undefined, traces: [id] };
      listed.push({ ...own, firstMs, lastMs, ...this.countRows(0, [key]) });
    }
    return listed;
  }

  private countRows(rows: number, traces: Iterable<string>): Pick<IndexedSession, 'rows' | 'version'> {
    let [spans, count] = [0, 0];
    for (const key of traces) {
      spans += this.traces.get(key)?.rows ?? 0;
      count++;
    }
    const version = `${rows}/${count}/${spans}/${count > 0 ? this.unnamed : 0}/${this.oldest}`;
    return { rows: rows + spans, version };
  }

  private async refresh(signal: AbortSignal): Promise<void> {
    const rows = await findAgentRows(this.reader, signal);
    await this.eachRange('logs', this.nextLog, signal, async (range, next) => {
      await this.readLogs(rows, range, signal);
      this.nextLog = next;
    });
    await this.eachRange('spans', this.nextSpan, signal, async (range, next) => {
      await this.readSpans(rows, range, signal);
      this.nextSpan = next;
    });
    const [oldest] = await this.reader.database.rows<{ rows: string }>(
      `SELECT COALESCE((SELECT min(seq) FROM logs)::VARCHAR, '') || '/' || COALESCE((SELECT min(seq) FROM spans)::VARCHAR, '') AS rows`,
      [],
      { signal },
    );
    this.oldest = oldest?.rows ?? '';
    this.forgetOldest();
  }

  private async eachRange(
    table: 'logs' | 'spans',
    from: bigint,
    signal: AbortSignal,
    read: (range: string, next: bigint) => Promise<void>,
  ): Promise<void> {
    const [bounds] = await this.reader.database.rows<{ first: bigint | null; last: bigint | null }>(
      `SELECT min(seq) AS first, max(seq) AS last FROM ${table} WHERE seq >= ${from}::UBIGINT`,
      [],
      { signal },
    );
    if (bounds?.first == null || bounds.last == null) return;
    for (let at = bounds.first; at <= bounds.last; at += ROWS_AT_ONCE) {
      const end = at + ROWS_AT_ONCE <= bounds.last ? at + ROWS_AT_ONCE : bounds.last + 1n;
      await read(`seq >= ${at}::UBIGINT AND seq < ${end}::UBIGINT`, end);
    }
  }

  private async readLogs(rows: AgentRows, range: string, signal: AbortSignal): Promise<void> {
    const { columns, rowCount } = await this.reader.database.columns(
      `SELECT a, min(seq), max(seq), min(time_ns), max(time_ns), count(*)::DOUBLE
       FROM (SELECT seq, time_ns, unnest(attributes) AS a FROM logs WHERE ${range} AND ${rows.logs})
       WHERE a IN (${namingAttributes}) GROUP BY a`,
      [],
      { signal },
    );
    const [ids, from, to, first, last] = columns as [Uint32Array, ...BigUint64Array[]];
    const counts = columns[5] as Float64Array;
    const names = await this.reader.dictionary.attributes(ids);
    const pace = new Pace(signal);
    for (let i = 0; i < rowCount; i++) {
      if (pace.isDueAfter(ROW)) await pace.turn();
      const text = names.get(ids[i]!)?.text;
      if (!text) continue;
      const known = this.session(text, millis(first![i]!), millis(last![i]!));
      known.attributes.add(ids[i]!);
      const range = { from: from![i]!, to: to![i]! };
      known.logs = known.logs ? joinRanges(known.logs, range) : range;
      known.rows += counts[i]!;
    }
    const [unnamed] = await this.reader.database.rows<{ count: number }>(
      `SELECT count(*)::DOUBLE AS count FROM logs WHERE ${range} AND ${rows.logs}
       AND NOT list_has_any(attributes, (SELECT COALESCE(list(id), []) FROM attributes WHERE key IN (${sessionKeyList})))`,
      [],
      { signal },
    );
    this.unnamed += unnamed?.count ?? 0;
  }

  private async readSpans(rows: AgentRows, range: string, signal: AbortSignal): Promise<void> {
    const { database, dictionary } = this.reader;
    const invokes =
      rows.invokesAgent.length === 0
        ? 'false'
        : `bool_or(list_has_any(attributes, [${rows.invokesAgent.join(',')}]::UINTEGER[]))`;
    const found = await database.columns(
      `SELECT trace_hi, trace_lo, min(start_ns), max(start_ns + duration_ns), (${invokes})::UTINYINT, count(*)::DOUBLE
       FROM spans WHERE ${range} AND ${rows.spans} GROUP BY trace_hi, trace_lo`,
      [],
      { signal },
    );
    if (found.rowCount === 0) return;
    const [his, los, first, last] = found.columns as BigUint64Array[];
    const [agents, counts] = found.columns.slice(4) as [Uint8Array, Float64Array];
    const pace = new Pace(signal);
    for (let i = 0; i < found.rowCount; i++) {
      if (pace.isDueAfter(ROW)) await pace.turn();
      const trace = this.trace({ hi: his![i]!, lo: los![i]! }, millis(first![i]!), millis(last![i]!));
      trace.hasAgent ||= agents[i] === 1;
      trace.rows += counts[i]!;
    }
    const named = await database.columns(
      `SELECT trace_hi, trace_lo, a FROM (
         SELECT trace_hi, trace_lo, unnest(attributes) AS a FROM spans WHERE ${range} AND ${rows.spans}
       ) WHERE a IN (${namingAttributes}) GROUP BY ALL`,
      [],
      { signal },
    );
    const [namedHi, namedLo] = named.columns as BigUint64Array[];
    const ids = named.columns[2] as Uint32Array;
    const names = await dictionary.attributes(new Set(ids));
    for (let i = 0; i < named.rowCount; i++) {
      if (pace.isDueAfter(ROW)) await pace.turn();
      const name = names.get(ids[i]!);
      if (name?.text) this.nameTrace({ hi: namedHi![i]!, lo: namedLo![i]! }, ids[i]!, name);
    }
  }

  private nameTrace(id: TraceId, attribute: number, { key, text }: { key: string; text: string }): void {
    const trace = this.traces.get(keyOf(id));
    const rank = sessionKeys.indexOf(key);
    if (!trace || rank > trace.rank) return;
    if (rank < trace.rank) {
      for (const other of trace.sessions) this.sessions.get(other)?.traces.delete(keyOf(id));
      trace.sessions.clear();
      trace.rank = rank;
    }
    trace.sessions.add(text);
    const known = this.session(text, trace.firstMs, trace.lastMs);
    known.attributes.add(attribute);
    if (known.traces.size < MOST_OF_SESSION) known.traces.set(keyOf(id), id);
  }

  private session(id: string, firstMs: number, lastMs: number): Known {
    const known = this.sessions.get(id) ?? {
      attributes: new Set(),
      logs: undefined,
      traces: new Map(),
      rows: 0,
      firstMs,
      lastMs,
    };
    this.sessions.set(id, known);
    known.firstMs = Math.min(known.firstMs, firstMs);
    known.lastMs = Math.max(known.lastMs, lastMs);
    return known;
  }

  private trace(id: TraceId, firstMs: number, lastMs: number): KnownTrace {
    const key = keyOf(id);
    const unknown = {
      id,
      sessions: new Set<string>(),
      rank: sessionKeys.length,
      hasAgent: false,
      rows: 0,
      firstMs,
      lastMs,
    };
    const known = this.traces.get(key) ?? unknown;
    this.traces.set(key, known);
    known.firstMs = Math.min(known.firstMs, firstMs);
    known.lastMs = Math.max(known.lastMs, lastMs);
    for (const session of known.sessions) this.session(session, known.firstMs, known.lastMs);
    return known;
  }

  private forgetOldest(): void {
    dropOldest(this.sessions, MOST_SESSIONS);
    dropOldest(this.traces, MOST_TRACES);
  }
}

const sessionKeyList = sessionKeys.map((key) => `'${key}'`).join(', ');
const namingAttributes = `SELECT id FROM attributes WHERE key IN (${sessionKeyList})`;

function dropOldest(kept: Map<string, { lastMs: number }>, most: number): void {
  if (kept.size <= most) return;
  const oldest = [...kept].sort(([, a], [, b]) => a.lastMs - b.lastMs).slice(0, kept.size - Math.floor(most * 0.9));
  for (const [key] of oldest) kept.delete(key);
}

export function joinRanges(known: SeqRange, { from, to }: SeqRange): SeqRange {
  return { from: from < known.from ? from : known.from, to: to > known.to ? to : known.to };
}

function keyOf({ hi, lo }: TraceId): string {
  return `${hi}/${lo}`;
}

function millis(ns: bigint): number {
  return Number(ns / 1_000_000n);
}
