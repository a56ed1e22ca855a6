import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen, PortInUse } from '../../ground/listen';
import type { Problem } from '../../shared/problem';
import { explainHeldPort } from '../ports/explain-held-port';
import type { AccessGuard } from './access-guard';
import type { createHostApp } from './create-host-app';

/** WebSocket routes by exact path. */
type HostSockets = Readonly<Record<string, (socket: WebSocket) => void>>;

export interface HostServerOptions {
  app: ReturnType<typeof createHostApp>;
  sockets: HostSockets;
  guard: AccessGuard;
  /** Loopback address. */
  host: string;
  port: number;
}

export interface HostServer {
  port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Inputs of the contract are small; a bigger message is a mistake or an attack. */
const maxMessageBytes = 1024 * 1024;

/** Listens on loopback; an unusable port is a Problem that names its holder. */
export async function serveHost(options: HostServerOptions): Promise<HostServer | { problem: Problem }> {
  const server = createServer(getRequestListener(options.app.fetch));
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  server.on('upgrade', (request, socket, head) => upgrade(options, upgrades, request, socket, head));
  let port: number;
  try {
    port = await listen(server, options.host, options.port);
  } catch (error) {
    return { problem: await explain(error as Error, options) };
  }
  return {
    port,
    async close() {
      for (const client of upgrades.clients) client.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function upgrade(
  { guard, sockets }: HostServerOptions,
  upgrades: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy());
  const verdict = guard.judge({
    url: request.url ?? '/',
    header: (name) => request.headers[name]?.toString(),
    upgrade: true,
    isOwnUser: false,
  });
  if (!verdict.allowed) {
    reject(socket, verdict.status === 401 ? '401 Unauthorized' : '403 Forbidden');
    return;
  }
  const accept = sockets[(request.url ?? '/').split('?', 1)[0]!];
  if (accept) upgrades.handleUpgrade(request, socket, head, accept);
  else reject(socket, '404 Not Found');
}

function reject(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function explain(error: Error, { port, host }: HostServerOptions): Promise<Problem> {
  if (error instanceof PortInUse) return explainHeldPort(port, '--port');
  return {
    kind: 'cannot-listen',
    message: `Cannot listen on ${host}:${port}: ${error.message}`,
    hint: 'Choose another port with --port, or another loopback address with --host.',
  };
}
