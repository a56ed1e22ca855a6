import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from '../../ground/listen';
import type { Asked } from '../ahead/asked';
import { printFault, type ReportFault } from '../faults/report-fault';
import { callerOf, LocalCallers } from './local-callers';
import type { QueryApi, RefusalStatus } from './query-api';
import { MAX_FORM_BYTES, RequestBodyReader } from './read-request-body';
import { DEFAULT_DEADLINE_MS, DeadlineExceeded, runWithDeadline } from './run-with-deadline';

export interface ServedApi {
  readonly port: number;
  /** Stops listening and ends every connection and WebSocket. */
  close(): Promise<void>;
}

/** Answers smaller than this are sent as they are. */
const GZIP_FROM_BYTES = 64 * 1024;
/** For a request to be whole: its body is small. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Queries stand in the address: as much as servers written in Go take, which these APIs are known from. */
const MAX_HEADER_BYTES = 1024 * 1024;
const MAX_SOCKET_MESSAGE_BYTES = 64 * 1024;
/** Answers that come piece by piece are not gathered to be compressed. */
const STREAMED = /^(?:text\/event-stream|application\/x-ndjson)/;
const CLOSE_GOING_AWAY = 1001;
const CLOSE_INTERNAL = 1011;
/** The address of an upgrade is a path; which host it stands on was checked by its header. */
const ANY_BASE = 'http://localhost';

/** Where an API listens, and by which names beside its own it may be reached. */
export interface ApiAddress {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts?: readonly string[] | undefined;
  readonly reportFault?: ReportFault | undefined;
  /** Told of each question until it is answered. */
  readonly asked?: Pick<Asked, 'during'> | undefined;
}

/**
 * Serves a query API on a loopback address to programs and pages of this machine: the Host must be local, pages of
 * other origins are refused, bodies and the time of an answer are bounded. Rejects with `PortInUse`.
 */
export async function serveApi(api: QueryApi, address: ApiAddress): Promise<ServedApi> {
  const { host, port, allowedHosts, reportFault = printFault, asked } = address;
  const callers = new LocalCallers(host, allowedHosts);
  const bodies = new RequestBodyReader();
  const listener = getRequestListener((request) =>
    asked ? asked.during(() => answer(api, request, bodies)) : answer(api, request, bodies),
  );
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request, callers);
    if (!refusal) {
      // The router reads it as an address and takes fewer forms of one than the guard knows.
      request.headers.host = 'localhost';
      return listener(request, response);
    }
    response.writeHead(refusal.status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${refusal.message}\n`);
  };
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: MAX_HEADER_BYTES }, serve);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_SOCKET_MESSAGE_BYTES });
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    const target = request.url ?? '/';
    const url = URL.canParse(target, ANY_BASE) ? new URL(target, ANY_BASE) : null;
    const open = url && api.sockets?.[url.pathname];
    const refusal = refusalOf(request, callers);
    if (refusal) refuse(stream, refusal.status);
    else if (!open) refuse(stream, 404);
    else
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const fault = (error: unknown) => reportFault(`socket ${url.pathname}`, error);
        openSafely(socket, () => open(socket, url), fault);
      });
  });
  const boundPort = await listen(server, host, port);
  return {
    port: boundPort,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.close(CLOSE_GOING_AWAY);
        server.close(() => resolve());
        server.closeAllConnections();
        setImmediate(() => {
          for (const socket of sockets.clients) socket.terminate();
        });
      }),
  };
}

function refusalOf(
  request: IncomingMessage,
  callers: LocalCallers,
): { status: 400 | 403 | 405; message: string } | null {
  const caller = callerOf(request);
  if (!caller) return { status: 400, message: 'the request names its host twice; send one Host header' };
  if (!callers.mayRead(caller)) return { status: 403, message: 'only for programs and pages of this machine' };
  return request.method === 'TRACE' ? { status: 405, message: 'send GET or POST' } : null;
}

async function answer(api: QueryApi, request: Request, bodies: RequestBodyReader): Promise<Response> {
  const origin = request.headers.get('origin');
  if (request.method === 'OPTIONS' && origin !== null) return preflight(request, origin);
  const response = await compress(request, await dispatch(api, request, bodies));
  if (origin !== null) response.headers.set('access-control-allow-origin', origin);
  response.headers.append('vary', 'Origin');
  return response;
}

/** The answer of the API's routes, which see the whole body and a signal with the deadline. */
async function dispatch(api: QueryApi, request: Request, bodies: RequestBodyReader): Promise<Response> {
  const refuse = api.refuse ?? refuseAsText;
  const body = await bodies.read(request);
  if (body === 'too-large') return refuse(413, `the body is larger than ${MAX_FORM_BYTES} bytes; shorten the query`);
  if (body === 'no-room') return refuse(503, 'too many large queries at once; try again');
  const { url, method, headers } = request;
  const answered = await runWithDeadline(request.signal, api.deadlineMs ?? DEFAULT_DEADLINE_MS, async (signal) =>
    api.app.fetch(new Request(url, { method, headers, body, signal })),
  );
  return answered instanceof DeadlineExceeded ? refuse(504, answered.message) : answered;
}

function refuseAsText(status: RefusalStatus, message: string): Response {
  return new Response(`${message}\n`, { status });
}

/** An error in a socket's route ends that socket, not the engine. */
function openSafely(socket: WebSocket, open: () => void, fault: (error: unknown) => void): void {
  socket.on('error', () => socket.terminate());
  try {
    open();
  } catch (error) {
    fault(error);
    socket.close(CLOSE_INTERNAL, String(error).slice(0, 120));
  }
}

function preflight(request: Request, origin: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? 'content-type',
      // Chromium asks before a page of a public address reaches the loopback interface; the origin is local here.
      ...(request.headers.has('access-control-request-private-network') && {
        'access-control-allow-private-network': 'true',
      }),
      'access-control-max-age': '600',
      vary: 'Origin',
    },
  });
}

const gzip = promisify(gzipWithCallback);

async function compress(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  const wanted = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!wanted || response.body === null || STREAMED.test(type)) return response;
  if (response.headers.has('content-encoding')) return response;
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  if (body.length < GZIP_FROM_BYTES) return new Response(body, { status: response.status, headers });
  headers.set('content-encoding', 'gzip');
  headers.append('vary', 'Accept-Encoding');
  return new Response(await gzip(body, { level: 1 }), { status: response.status, headers });
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
