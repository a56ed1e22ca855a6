import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of the web that could be reached, were it not for the window's rules. Its title is `elsewhere`. */
export async function serveElsewhere(): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}
