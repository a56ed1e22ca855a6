import type { WebSocket } from 'ws';
import { Pace } from '../pace/pace';
import type { Commit } from '../store/reader/reader';
import { parseTime, readLimit } from './http/query-parameters';
import { writeStreams } from './http/write-streams';
import { type LogEntry, runLogQuery } from './lines/run-log-query';
import type { Selection } from './logql/ast';
import { parseSelection } from './logql/parse-logql';
import { QueryError } from './logql/query-error';
import { compilePipeline } from './pipeline/compile-pipeline';
import { logStreamOf } from './records/log-stream';
import { labelsOf, readRecords, recordColumns } from './records/read-records';
import { readRows } from './records/read-rows';
import { leaveOutRepeats } from './selection/leave-out-repeats';
import type { LokiContext } from './selection/loki-context';
import { planSelection, type SelectionPlan } from './selection/plan-selection';
import { ubigint } from './selection/sql-parameters';

const maxLinesPerBatch = 5000;
const maxDroppedListed = 100;
/** Bytes a client may leave unread before lines are dropped for it. */
const maxUnreadBytes = 4 * 1024 * 1024;
const maxDelaySeconds = 5;
const hourNs = 3_600_000_000_000n;
const closeUnsupported = 1008;
const closeInternal = 1011;

/**
 * Serves one `tail`: the last lines first, then the lines of each commit. A client that reads too slowly, or a flood,
 * loses lines and is told so in `dropped_entries`.
 */
export function tailLogs(socket: WebSocket, url: URL, loki: LokiContext): void {
  try {
    const query = readQuery(url.searchParams, loki);
    new Tail(socket, loki, query).start();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    socket.close(closeUnsupported, Buffer.from(error.message).subarray(0, 120).toString());
  }
}

interface TailQuery {
  readonly selection: Selection;
  readonly startNs: bigint;
  readonly limit: number;
  readonly delayMs: number;
}

function readQuery(parameters: URLSearchParams, loki: LokiContext): TailQuery {
  const delay = Number(parameters.get('delay_for') ?? 0);
  if (!(delay >= 0)) throw new QueryError('delay_for must be a number of seconds');
  if (delay > maxDelaySeconds) throw new QueryError(`delay_for can't be greater than ${maxDelaySeconds}`);
  const start = parameters.get('start');
  const selection = parseSelection(parameters.get('query') ?? '');
  compilePipeline(selection.stages);
  return {
    selection,
    startNs: start ? parseTime(start, 'start') : loki.nowNs() - hourNs,
    limit: readLimit(parameters),
    delayMs: delay * 1000,
  };
}

interface DroppedEntry {
  readonly labels: Record<string, string>;
  readonly timestamp: string;
}

class Tail {
  /** Rows committed and not yet sent: `seq` from (inclusive) to (exclusive). */
  private pending: { from: bigint; to: bigint } | undefined;
  private dropped: DroppedEntry[] = [];
  private running = true;
  private nextSeq = 0n;

  constructor(
    private readonly socket: WebSocket,
    private readonly loki: LokiContext,
    private readonly query: TailQuery,
  ) {}

  start(): void {
    const unsubscribe = this.loki.reader.commits.subscribe((commit) => this.receive(commit));
    this.socket.on('close', unsubscribe);
    this.socket.on('error', () => this.socket.terminate());
    void this.work(() => this.sendHistory());
  }

  private receive({ logs }: Commit): void {
    if (logs.to <= logs.from) return;
    const from = this.pending?.from ?? logs.from;
    this.pending = { from, to: logs.to };
    if (this.query.delayMs > 0) setTimeout(() => this.drain(), this.query.delayMs).unref();
    else this.drain();
  }

  private drain(): void {
    if (!this.running) void this.work(async () => {});
  }

  // One piece of work at a time: commits that come meanwhile are joined into `pending`.
  private async work(first: () => Promise<void>): Promise<void> {
    this.running = true;
    try {
      await first();
      while (this.pending && this.socket.readyState === this.socket.OPEN) {
        const { from, to } = this.pending;
        this.pending = undefined;
        await this.sendRows(from, to);
      }
    } catch (error) {
      this.loki.reportFault('loki tail', error);
      this.socket.close(closeInternal, String(error).slice(0, 120));
    } finally {
      this.running = false;
    }
  }

  private async sendHistory(): Promise<void> {
    const { reader, catalog } = this.loki;
    const [row] = await reader.database.rows<{ last: bigint | null }>('SELECT max(seq) AS last FROM logs');
    if (row?.last == null) return;
    this.nextSeq = row.last + 1n;
    const { selection, startNs, limit } = this.query;
    const { entries } = await runLogQuery(reader, catalog, {
      selection,
      startNs,
      endNs: 2n ** 63n - 1n,
      limit,
      direction: 'backward',
      lastSeq: row.last,
    });
    await this.send(entries.toReversed());
  }

  private async sendRows(from: bigint, to: bigint): Promise<void> {
    const { reader, catalog } = this.loki;
    const planned = await planSelection(this.query.selection, reader, catalog);
    if (!planned) return;
    const plan = await this.leaveOutRepeats(planned, from, to);
    // The lines of before are told from the start on alone: what happened before that and was stored meanwhile is told here.
    const untold = `(seq >= ${ubigint(this.nextSeq)} OR time_ns < ${ubigint(this.query.startNs)})`;
    const range = `${untold} AND seq < ${ubigint(to)} AND ${plan.where}`;
    const { rows, limit } = await readRows(
      reader.database,
      `SELECT ${recordColumns} FROM logs WHERE seq >= ${ubigint(from)} AND ${range} ORDER BY seq`,
      plan.parameters,
      maxLinesPerBatch,
    );
    const run = compilePipeline(plan.stages);
    const entries: LogEntry[] = [];
    let last = from;
    const pace = new Pace();
    for (const record of await readRecords(rows, reader.dictionary, pace)) {
      if (pace.isDue()) await pace.turn();
      last = record.seq;
      const labels = labelsOf(record);
      const line = run(record.line, labels, record.timeNs);
      if (line !== null) entries.push({ timeNs: record.timeNs, line, labels });
    }
    if (rows.rowCount === maxLinesPerBatch) await this.dropRows(last + 1n, range, plan.parameters);
    await this.send(entries);
    if (limit < maxLinesPerBatch && rows.rowCount === limit) await this.sendRows(last + 1n, to);
  }

  private async leaveOutRepeats(plan: SelectionPlan, from: bigint, to: bigint): Promise<SelectionPlan> {
    const { reader } = this.loki;
    const [times] = await reader.database.rows<{ first: bigint | null; last: bigint | null }>(
      `SELECT min(time_ns) AS first, max(time_ns) AS last FROM logs WHERE seq >= ${ubigint(from)} AND seq < ${ubigint(to)}`,
    );
    if (times?.first == null || times.last == null) return plan;
    return leaveOutRepeats(plan, reader, { from: times.first, to: times.last + 1n });
  }

  private async dropRows(
    from: bigint,
    range: string,
    parameters: readonly import('../store/reader/reader').SqlValue[],
  ): Promise<void> {
    const { database, dictionary } = this.loki.reader;
    const rows = await database.rows<{ time: bigint; resource: number }>(
      `SELECT time_ns AS time, resource FROM logs WHERE seq >= ${ubigint(from)} AND ${range} LIMIT ${maxDroppedListed}`,
      parameters,
    );
    for (const { time, resource } of rows) {
      const owner = dictionary.resources().get(resource);
      const labels = owner ? Object.fromEntries(logStreamOf(owner).labels) : {};
      this.drop({ labels, timestamp: String(time) });
    }
  }

  private drop(entry: DroppedEntry): void {
    if (this.dropped.length < maxDroppedListed) this.dropped.push(entry);
  }

  private async send(entries: readonly LogEntry[]): Promise<void> {
    if (this.socket.bufferedAmount > maxUnreadBytes) {
      for (const { timeNs, labels } of entries.slice(0, maxDroppedListed)) {
        this.drop({ labels: Object.fromEntries(labels.streamLabels()), timestamp: String(timeNs) });
      }
      return;
    }
    if (entries.length === 0 && this.dropped.length === 0) return;
    const dropped = this.dropped;
    this.dropped = [];
    this.socket.send(
      JSON.stringify({
        streams: await writeStreams(entries, false, new Pace()),
        ...(dropped.length > 0 && { dropped_entries: dropped }),
      }),
    );
  }
}
