import { createServer as createHttp, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

interface ScriptedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Inflated. */
  body: Buffer;
}

/** For tests: a real HTTP(S) server on 127.0.0.1 that answers each request as `answer` does. */
export async function startScriptedEndpoint(
  answer: (response: ServerResponse) => void,
  tls?: { key: string; cert: string },
) {
  const requests: ScriptedRequest[] = [];
  const server = tls ? createHttps(tls) : createHttp();
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const inflated = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    requests.push({ method: request.method!, path: request.url!, headers: request.headers, body: inflated });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
