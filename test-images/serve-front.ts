import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { connect } from 'node:net';

/** Where a request goes: a port of this container and, where it differs, the path there. */
export interface Target {
  port: number;
  path?: string;
}

/**
 * Listens for the network of the containers and passes everything on to programs that answer only callers of their own
 * machine: the Host header becomes one of theirs. Connections that are upgraded (WebSocket) are passed as they are.
 */
export function serveFront(
  port: number,
  route: (path: string) => Target | ((request: IncomingMessage, response: ServerResponse) => void),
): void {
  const server = createServer((request, response) => {
    const target = route(pathOf(request));
    if (typeof target === 'function') return target(request, response);
    const { method, headers } = request;
    const onward = requestHttp(
      { port: target.port, path: target.path ?? request.url, method, headers: localHeaders(headers, target.port) },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(503).end(`${error.message}\n`);
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, socket, head) => {
    const target = route(pathOf(request));
    if (typeof target === 'function') {
      socket.destroy();
      return;
    }
    const onward = connect(target.port, '127.0.0.1', () => {
      const headers = Object.entries(localHeaders(request.headers, target.port));
      onward.write(
        `GET ${request.url} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      );
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  server.listen(port, '0.0.0.0');
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname;
}

function localHeaders(headers: IncomingMessage['headers'], port: number) {
  return { ...headers, host: `127.0.0.1:${port}` };
}
