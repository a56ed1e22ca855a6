import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Asked {
  method: string;
  path: string;
  parameters: URLSearchParams;
}

export interface ScriptedBackend {
  base: string;
  asked: Asked[];
  /** WebSockets that were opened, in order. */
  sockets: WebSocket[];
  close(): Promise<void>;
}

/** Answers `path` with the recorded text of a real backend: `[status, body]`. For tests. */
export async function openScriptedBackend(
  answers: Readonly<Record<string, readonly [status: number, body: unknown]>>,
  refuseUpgrade?: readonly [status: number, body: string],
): Promise<ScriptedBackend> {
  const asked: Asked[] = [];
  const sockets: WebSocket[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url!, 'http://localhost');
    asked.push({
      method: request.method!,
      path: url.pathname,
      parameters: request.method === 'POST' ? new URLSearchParams(body) : url.searchParams,
    });
    const [status, answer] = answers[url.pathname] ?? [404, '404 page not found'];
    response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  const upgrades = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    const url = new URL(request.url!, 'http://localhost');
    asked.push({ method: 'UPGRADE', path: url.pathname, parameters: url.searchParams });
    if (refuseUpgrade) {
      const [status, body] = refuseUpgrade;
      stream.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    } else upgrades.handleUpgrade(request, stream, head, (socket) => sockets.push(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
