import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Signal } from '../../src/engine/wire/signal';
import type { ExporterPlan, HeaderValue } from './pipeline';

const maxElapsedMs = 300_000;
const services = { traces: 'trace.v1.TraceService', metrics: 'metrics.v1.MetricsService', logs: 'logs.v1.LogsService' };

interface Batch {
  signal: Signal;
  request: Uint8Array;
  items: number;
  /** Unix milliseconds. */
  since: number;
}

type Counts = Record<Signal, number>;

/** Why a request was not taken; `again`: it is tried again. */
interface Failure {
  message: string;
  again: boolean;
}

interface Answered {
  requests: number;
  /** Uncompressed. */
  bytes: number;
}

/** The gRPC codes that Alloy gives to answers of HTTP; any other is `Unknown`. */
const codes: Readonly<Record<number, string>> = {
  400: 'InvalidArgument',
  401: 'Unauthenticated',
  403: 'PermissionDenied',
  404: 'Unimplemented',
  429: 'ResourceExhausted',
  502: 'Unavailable',
  503: 'Unavailable',
  504: 'Unavailable',
};

/** One exporter with a queue for each signal, its retries and the counters that Alloy shows of them. */
export class Exporter {
  readonly sent: Counts = { traces: 0, metrics: 0, logs: 0 };
  readonly failed: Counts = { traces: 0, metrics: 0, logs: 0 };
  readonly notQueued: Counts = { traces: 0, metrics: 0, logs: 0 };
  /** By HTTP status. */
  readonly answered = new Map<number, Answered>();
  private readonly queues: Record<Signal, Batch[]> = { traces: [], metrics: [], logs: [] };
  private readonly running = new Map<Signal, Promise<void>>();
  private readonly ending = new AbortController();
  private session: ClientHttp2Session | null = null;

  constructor(readonly plan: ExporterPlan) {}

  queued(signal: Signal): number {
    const { items } = this.plan.queue;
    return this.queues[signal].reduce((total, batch) => total + (items ? batch.items : 1), 0);
  }

  add(signal: Signal, request: Uint8Array, items: number): void {
    if (this.queued(signal) >= this.plan.queue.size) {
      this.notQueued[signal] += items;
      return;
    }
    this.queues[signal].push({ signal, request: Uint8Array.from(request), items, since: Date.now() });
    if (this.running.has(signal)) return;
    this.running.set(
      signal,
      this.drain(this.queues[signal]).finally(() => this.running.delete(signal)),
    );
  }

  /** Sends what waits once more, as Alloy does when a reload takes an exporter away. */
  async close(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.running.values());
    this.session?.close();
  }

  private async drain(queue: Batch[]): Promise<void> {
    for (let batch = queue[0]; batch; batch = queue[0]) {
      await this.deliver(batch);
      queue.shift();
    }
  }

  private async deliver({ signal, request, items, since }: Batch): Promise<void> {
    for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
      const error = await this.send(signal, request).catch((reason: Error) => ({
        message: reason.message,
        again: true,
      }));
      if (!error) {
        this.sent[signal] += items;
        return;
      }
      const giveUp = !error.again || this.ending.signal.aborted || Date.now() - since > maxElapsedMs;
      this.log(error, giveUp ? items : null, wait);
      if (giveUp) {
        this.failed[signal] += items;
        return;
      }
      await pause(wait, undefined, { signal: this.ending.signal }).catch(() => {});
    }
  }

  /** `dropped`: what is given up; null while it is tried again. */
  private log({ message, again }: Failure, dropped: number | null, wait: number): void {
    const [level, what, rest] =
      dropped === null
        ? ['info', 'Exporting failed. Will retry the request after interval.', `interval=${wait}ms`]
        : ['error', 'Exporting failed. Dropping data.', `dropped_items=${dropped}`];
    const reason = dropped === null ? message : `${again ? 'no more retries left' : 'not retryable error'}: ${message}`;
    console.error(
      `ts=${new Date().toISOString()} level=${level} msg=${JSON.stringify(what)} component_path=/ component_id=${this.plan.id} error=${JSON.stringify(reason)} ${rest}`,
    );
  }

  private async send(signal: Signal, request: Uint8Array): Promise<Failure | null> {
    if (this.plan.protocol === 'grpc') return this.sendGrpc(signal, request);
    const url = `${this.plan.endpoint.replace(/\/$/, '')}/v1/${signal}`;
    const headers = new Headers({ 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' });
    for (const { name, value } of this.plan.headers) headers.set(name, read(value));
    const { basic } = this.plan;
    if (basic)
      headers.set('authorization', `Basic ${Buffer.from(`${basic.user}:${read(basic.password)}`).toString('base64')}`);
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: gzipSync(request),
      signal: AbortSignal.timeout(30_000),
    });
    await answer.arrayBuffer();
    const { requests, bytes } = this.answered.get(answer.status) ?? { requests: 0, bytes: 0 };
    this.answered.set(answer.status, { requests: requests + 1, bytes: bytes + request.length });
    if (answer.ok) return null;
    const again = [429, 502, 503, 504].includes(answer.status);
    const words = `error exporting items, request to ${url} responded with HTTP Status Code ${answer.status}`;
    const error = `rpc error: code = ${codes[answer.status] ?? 'Unknown'} desc = ${words}`;
    return { message: again ? error : `Permanent error: ${error}`, again };
  }

  private sendGrpc(signal: Signal, request: Uint8Array): Promise<Failure | null> {
    return new Promise((resolve, reject) => {
      const session = this.openSession();
      const call = session.request({
        ':method': 'POST',
        ':path': `/opentelemetry.proto.collector.${services[signal]}/Export`,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      // A gRPC message: one byte "not compressed", four bytes of length, the message.
      const head = Buffer.alloc(5);
      head.writeUInt32BE(request.length, 1);
      let status: string | undefined;
      call.on('response', (headers) => (status ??= headers['grpc-status']?.toString()));
      call.on('trailers', (trailers) => (status ??= trailers['grpc-status']?.toString()));
      call.setTimeout(10_000, () => call.destroy(new Error('context deadline exceeded')));
      call.on('error', reject);
      call.on('close', () => {
        if (status === '0') resolve(null);
        else resolve({ message: `rpc error: code = ${status ?? 'Unavailable'}`, again: status !== '3' });
      });
      call.resume();
      call.end(Buffer.concat([head, request]));
    });
  }

  private openSession(): ClientHttp2Session {
    if (this.session && !this.session.destroyed && !this.session.closed) return this.session;
    const session = connect(`http://${this.plan.endpoint}`);
    session.on('error', () => session.destroy());
    this.session = session;
    return session;
  }
}

function read(value: HeaderValue): string {
  return 'text' in value ? value.text : readFileSync(value.file, 'utf8');
}
