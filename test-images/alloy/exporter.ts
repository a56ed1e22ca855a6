import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Signal } from '../../src/engine/otlp/signal';
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

/** One exporter with its queue, its retries and the counters that Alloy shows of them. */
export class Exporter {
  readonly sent: Counts = { traces: 0, metrics: 0, logs: 0 };
  readonly failed: Counts = { traces: 0, metrics: 0, logs: 0 };
  readonly notQueued: Counts = { traces: 0, metrics: 0, logs: 0 };
  /** Of all requests that were tried, uncompressed. */
  bytes = 0;
  private readonly queue: Batch[] = [];
  private readonly ending = new AbortController();
  private session: ClientHttp2Session | null = null;
  private running: Promise<void> | null = null;

  constructor(readonly plan: ExporterPlan) {}

  queued(signal: Signal): number {
    const { items } = this.plan.queue;
    const waiting = this.queue.filter((batch) => batch.signal === signal);
    return waiting.reduce((total, batch) => total + (items ? batch.items : 1), 0);
  }

  add(signal: Signal, request: Uint8Array, items: number): void {
    if (this.queued(signal) >= this.plan.queue.size) {
      this.notQueued[signal] += items;
      return;
    }
    this.queue.push({ signal, request: Uint8Array.from(request), items, since: Date.now() });
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
  }

  /** Sends what waits once more, as Alloy does when a reload takes an exporter away. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.running;
    this.session?.close();
  }

  private async drain(): Promise<void> {
    for (let batch = this.queue[0]; batch; batch = this.queue[0]) {
      await this.deliver(batch);
      this.queue.shift();
    }
  }

  private async deliver({ signal, request, items, since }: Batch): Promise<void> {
    this.bytes += request.length;
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
      const what = giveUp
        ? 'Exporting failed. Dropping data.'
        : 'Exporting failed. Will retry the request after interval.';
      console.error(
        `ts=${new Date().toISOString()} level=${giveUp ? 'error' : 'info'} msg=${JSON.stringify(what)} component_path=/ component_id=${this.plan.id} error=${JSON.stringify(error.message)}`,
      );
      if (giveUp) {
        this.failed[signal] += items;
        return;
      }
      await pause(wait, undefined, { signal: this.ending.signal }).catch(() => {});
    }
  }

  private async send(signal: Signal, request: Uint8Array): Promise<{ message: string; again: boolean } | null> {
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
    if (answer.ok) {
      await answer.arrayBuffer();
      return null;
    }
    const again = [429, 502, 503, 504].includes(answer.status);
    return {
      message: `error exporting items, request to ${url} responded with HTTP Status Code ${answer.status}`,
      again,
    };
  }

  private sendGrpc(signal: Signal, request: Uint8Array): Promise<{ message: string; again: boolean } | null> {
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
