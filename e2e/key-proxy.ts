import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface KeyProxy {
  base: string;
  close(): Promise<void>;
}

/**
 * A gateway as a company has one: `/NAME/…` goes to the base URL of that name, REST and WebSockets, if the header has the key;
 * everything else is refused with 401.
 */
export async function startKeyProxy(
  targets: Readonly<Record<string, string>>,
  header: string,
  key: string,
): Promise<KeyProxy> {
  const route = (url: string | undefined) => {
    const [, name = '', path = '/'] = /^\/([^/]+)(\/.*)$/.exec(url ?? '') ?? [];
    const target = targets[name];
    return target ? { target: new URL(target), path } : null;
  };
  const server = createServer((incoming, answer) => {
    const found = route(incoming.url);
    if (incoming.headers[header.toLowerCase()] !== key) return answer.writeHead(401).end();
    if (!found) return answer.writeHead(404).end('404 page not found');
    const { host: _, ...headers } = incoming.headers;
    const onward = request(
      { host: found.target.hostname, port: found.target.port, path: found.path, method: incoming.method, headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const found = route(incoming.url);
    if (!found || incoming.headers[header.toLowerCase()] !== key) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const onward = connect(Number(found.target.port), found.target.hostname, () => {
      const { host: _, ...headers } = incoming.headers;
      const lines = Object.entries({ host: found.target.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
      onward.write(`GET ${found.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
