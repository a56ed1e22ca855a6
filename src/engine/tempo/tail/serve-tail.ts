import type { WebSocket } from 'ws';
import type { ReportFault } from '../../faults/report-fault';
import type { StoreReader } from '../../store/reader/reader';
import { compileQuery } from '../search/read-search-request';
import type { Query } from '../traceql/ast';
import { tailTraces } from './tail-traces';
import { ToldTraces } from './told-traces';

/** A client gets no more than ten messages a second. */
const INTERVAL_MS = 100;
/** A client that has not taken this much yet gets nothing more until it has. */
const MAX_UNSENT_BYTES = 1024 * 1024;
const CLOSE_BAD_QUERY = 1008;

/**
 * An extension of Tempo's API: `/api/tail?q=TRACEQL` sends `{"traces": TraceSummary[], "dropped": number}` after commits
 * that touched matching traces. Without `q`, every trace.
 */
export function serveTail(reader: StoreReader, reportFault: ReportFault): (socket: WebSocket, url: URL) => void {
  return (socket, url) => {
    const query = compileQuery(url.searchParams.get('q') || '{}');
    if ('kind' in query || query.metrics) {
      // A close frame holds 123 bytes of reason.
      const reason = 'kind' in query ? query.message : 'a metrics query cannot be tailed';
      socket.close(
        CLOSE_BAD_QUERY,
        Buffer.from(reason)
          .subarray(0, 120)
          .toString('utf8')
          .replace(/\uFFFD$/, ''),
      );
      return;
    }
    new TailClient(reader, socket, query, reportFault).start();
  };
}

class TailClient {
  private readonly stopped = new AbortController();
  private pending: { from: bigint; to: bigint } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private dropped = 0;
  private readonly told = new ToldTraces();

  constructor(
    private readonly reader: StoreReader,
    private readonly socket: WebSocket,
    private readonly query: Query,
    private readonly reportFault: ReportFault,
  ) {}

  start(): void {
    const unsubscribe = this.reader.commits.subscribe(({ spans }) => {
      if (spans.from === spans.to) return;
      this.pending = { from: this.pending?.from ?? spans.from, to: spans.to };
      this.schedule();
    });
    this.socket.on('error', () => this.socket.terminate());
    this.socket.on('close', () => {
      unsubscribe();
      clearTimeout(this.timer);
      this.stopped.abort();
    });
  }

  private schedule(): void {
    if (this.busy || this.timer) return;
    this.busy = true;
    void this.send().finally(() => {
      this.busy = false;
      if (this.stopped.signal.aborted) return;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        if (this.pending) this.schedule();
      }, INTERVAL_MS);
    });
  }

  private async send(): Promise<void> {
    const window = this.pending;
    this.pending = undefined;
    if (!window) return;
    try {
      const batch = await tailTraces(this.reader, this.query, window, this.told, this.stopped.signal);
      if (this.stopped.signal.aborted) return;
      if (this.socket.bufferedAmount > MAX_UNSENT_BYTES) {
        this.dropped += batch.traces.length + batch.dropped;
        return;
      }
      if (batch.traces.length === 0 && batch.dropped === 0) return;
      this.socket.send(JSON.stringify({ traces: batch.traces, dropped: batch.dropped + this.dropped }));
      this.dropped = 0;
    } catch (error) {
      // 1011: the server met a condition it did not expect. The client connects again.
      if (this.stopped.signal.aborted) return;
      this.reportFault('tempo tail', error);
      this.socket.close(1011, error instanceof Error ? error.message.slice(0, 100) : '');
    }
  }
}
