import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Asked {
  method: string;
  path: string;
  parameters: URLSearchParams;
  headers: IncomingHttpHeaders;
}

export interface ScriptedBackend {
  base: string;
  asked: Asked[];
  /** WebSockets that were opened, in order. */
  sockets: WebSocket[];
  close(): Promise<void>;
}

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

/**
 * Answers `path` with the recorded text of a real backend: `[status, body, headers]`; `*` is every path that is not named. `tls`: a
 * key and a certificate in PEM. For tests.
 */
export async function openScriptedBackend(
  answers: Readonly<Record<string, Answer>>,
  refuseUpgrade?: readonly [status: number, body: string],
  tls?: { key: string; cert: string },
): Promise<ScriptedBackend> {
  const asked: Asked[] = [];
  const sockets: WebSocket[] = [];
  const answerOne: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url!, 'http://localhost');
    asked.push({
      method: request.method!,
      path: url.pathname,
      parameters: request.method === 'POST' ? new URLSearchParams(body) : url.searchParams,
      headers: request.headers,
    });
    const [status, answer, headers = {}] = answers[url.pathname] ?? answers['*'] ?? [404, '404 page not found'];
    response.writeHead(status, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };
  const server = tls ? createTlsServer(tls, answerOne) : createServer(answerOne);
  const upgrades = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    const url = new URL(request.url!, 'http://localhost');
    asked.push({ method: 'UPGRADE', path: url.pathname, parameters: url.searchParams, headers: request.headers });
    if (refuseUpgrade) {
      const [status, body] = refuseUpgrade;
      stream.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    } else upgrades.handleUpgrade(request, stream, head, (socket) => sockets.push(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    sockets,
    async close() {
      for (const socket of sockets) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
