import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { localSocket } from './test-local-engine';

/** `pass` on, take connections and stay `silent`, or speak an `old` version of the API. */
type ProxyMode = 'pass' | 'silent' | 'old';

export interface DockerProxy {
  mode: ProxyMode;
  /** Subscriptions to the events so far, with the time of each in Unix milliseconds. */
  readonly subscriptions: readonly number[];
  readonly requests: number;
  /** Ends the streams of events as an engine may: cleanly. */
  endEvents(): void;
  /** Every following stream of events ends at once. */
  refuseEvents: boolean;
  /** Stops listening and cuts what is open, as a killed engine does. */
  close(): Promise<void>;
}

/** A scriptable engine at a socket of its own, in front of the real one. For tests. */
export async function openDockerProxy(path: string, target: string = localSocket): Promise<DockerProxy> {
  const events = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const subscriptions: number[] = [];
  const proxy = { mode: 'pass' as ProxyMode, refuseEvents: false, requests: 0 };

  const pass = (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request;
    const onward = requestHttp({ socketPath: target, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };
  const server = createServer((request, response) => {
    proxy.requests += 1;
    if (proxy.mode === 'silent') return;
    if (proxy.mode === 'old' && request.url!.endsWith('/version')) {
      response.end(JSON.stringify({ Version: '19.03.15', ApiVersion: '1.40', MinAPIVersion: '1.12', Arch: 'amd64' }));
      return;
    }
    if (/^\/(v[\d.]+\/)?events/.test(request.url!)) {
      subscriptions.push(Date.now());
      if (proxy.refuseEvents) {
        response.end();
        return;
      }
      events.add(response);
      response.on('close', () => events.delete(response));
    }
    pass(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(path);
  await once(server, 'listening');
  return Object.assign(proxy, {
    subscriptions,
    endEvents() {
      for (const response of events) response.end();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
      await rm(path, { force: true });
    },
  });
}
