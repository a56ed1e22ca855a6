import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { requestType } from '../bench/peer/request-type';
import { SIGNALS, type Signal } from '../src/engine/wire/signal';

interface SinkRequest {
  signal: Signal;
  headers: IncomingHttpHeaders;
  /** Protobuf, unpacked. */
  body: Buffer;
}

/** What the sink does with a request: answers, never answers, or cuts the connection. */
type SinkAnswer =
  | { status: number; headers?: Record<string, string>; body?: string | Uint8Array; afterMs?: number }
  | 'hang'
  | 'cut';

/** An OTLP/HTTP server on a free port that keeps what it accepted. */
export interface OtlpSink {
  /** Base URL. */
  readonly url: string;
  readonly port: number;
  /** Answered with 200, in order. */
  readonly requests: SinkRequest[];
  /** Of every request, whatever the answer; `status` is null where none is given. */
  readonly tries: { at: number; path: string; status: number | null }[];
  /** How the next requests are answered. */
  answer(decide: SinkAnswer | ((signal: Signal, body: Buffer, headers: IncomingHttpHeaders) => SinkAnswer)): void;
  /** Spans, log records or metrics of a signal, as protobufjs decodes them (ids as Buffers). */
  items(signal: Signal): Record<string, unknown>[];
  /** Hex, in order of arrival, repeated ones too. */
  spanIds(): string[];
  close(): Promise<void>;
}

const ITEMS = { traces: 'spans', logs: 'logRecords', metrics: 'metrics' } as const;
const GROUPS = { traces: 'Spans', logs: 'Logs', metrics: 'Metrics' } as const;

/** `host` is an address of this machine that containers reach, where they are to send. */
export async function startOtlpSink(port = 0, host = '127.0.0.1'): Promise<OtlpSink> {
  const requests: SinkRequest[] = [];
  const tries: OtlpSink['tries'] = [];
  let decide: Parameters<OtlpSink['answer']>[0] = { status: 200 };
  const types = new Map(SIGNALS.map((signal) => [signal, requestType(signal)]));

  const reply = (response: ServerResponse, answer: SinkAnswer) => {
    if (answer === 'hang') return;
    if (answer === 'cut') return response.destroy();
    const { status, headers, body, afterMs } = answer;
    const send = () => response.writeHead(status, headers).end(body);
    if (afterMs === undefined) send();
    else setTimeout(send, afterMs);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const signal = SIGNALS.find((each) => path.endsWith(`/v1/${each}`));
      if (request.method !== 'POST' || !signal) {
        tries.push({ at: Date.now(), path, status: 404 });
        return reply(response, { status: 404 });
      }
      const sent = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      const answer = typeof decide === 'function' ? decide(signal, body, request.headers) : decide;
      tries.push({ at: Date.now(), path, status: typeof answer === 'object' ? answer.status : null });
      if (typeof answer === 'object' && answer.status === 200)
        requests.push({ signal, headers: request.headers, body });
      reply(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const bound = (server.address() as AddressInfo).port;

  const items = (signal: Signal) =>
    requests
      .filter((request) => request.signal === signal)
      .flatMap(({ body }) => {
        const type = types.get(signal)!;
        const message = type.toObject(type.decode(body), { longs: String, arrays: true });
        return members(message, `resource${GROUPS[signal]}`)
          .flatMap((group) => members(group, `scope${GROUPS[signal]}`))
          .flatMap((scope) => members(scope, ITEMS[signal]));
      });
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    requests,
    tries,
    answer: (next) => {
      decide = next;
    },
    items,
    spanIds: () => items('traces').map(({ spanId }) => Buffer.from(spanId as Uint8Array).toString('hex')),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function members(message: Record<string, unknown>, field: string): Record<string, unknown>[] {
  return message[field] as Record<string, unknown>[];
}
