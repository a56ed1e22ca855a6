import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { type WebSocket, WebSocketServer } from 'ws';
import { printFault, type ReportFault } from '../faults/report-fault';
import { listen } from './listen';
import { isLocalCaller } from './local-callers';
import type { QueryApi } from './query-api';

export interface ServedApi {
  readonly port: number;
  /** Stops listening and ends every connection and WebSocket. */
  close(): Promise<void>;
}

interface ServeOptions {
  host: string;
  port: number;
  reportFault?: ReportFault;
}

/** Answers smaller than this are sent as they are. */
const GZIP_FROM_BYTES = 64 * 1024;
const MAX_SOCKET_MESSAGE_BYTES = 64 * 1024;
/** Answers that come piece by piece are not gathered to be compressed. */
const STREAMED = /^(?:text\/event-stream|application\/x-ndjson)/;
const CLOSE_GOING_AWAY = 1001;
const CLOSE_INTERNAL = 1011;
/** The address of an upgrade is a path; which host it stands on was checked by its header. */
const ANY_BASE = 'http://localhost';

/**
 * Serves a query API on a loopback address to programs and pages of this machine: the Host must be local, pages of
 * other origins are refused. Rejects with `PortInUse`.
 */
export async function serveApi(api: QueryApi, options: ServeOptions): Promise<ServedApi> {
  const { host, port, reportFault = printFault } = options;
  const fetchGuarded = (request: Request) => answer(api, request, host);
  const server = createServer(getRequestListener(fetchGuarded));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_SOCKET_MESSAGE_BYTES });
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    const target = request.url ?? '/';
    const url = URL.canParse(target, ANY_BASE) ? new URL(target, ANY_BASE) : null;
    const open = url && api.sockets?.[url.pathname];
    if (!isLocalCaller((name) => request.headers[name]?.toString(), host)) refuse(stream, '403 Forbidden');
    else if (!open) refuse(stream, '404 Not Found');
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

async function answer(api: QueryApi, request: Request, configuredHost: string): Promise<Response> {
  const origin = request.headers.get('origin');
  if (!isLocalCaller((name) => request.headers.get(name) ?? undefined, configuredHost)) {
    return new Response('only for programs and pages of this machine\n', { status: 403 });
  }
  if (request.method === 'OPTIONS' && origin !== null) return preflight(request, origin);
  const response = await compress(request, await api.app.fetch(request));
  if (origin !== null) response.headers.set('access-control-allow-origin', origin);
  response.headers.append('vary', 'Origin');
  return response;
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

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
