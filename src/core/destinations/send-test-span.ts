import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { gzipSync } from 'node:zlib';
import { encodeTestSpan } from './encode-test-span';

export type TestAnswer =
  | { status: number; contentType: string; location: string | null; body: Buffer }
  | { status: null; code: string; message: string };

/** Of an answer; the rest of a longer one is not read. */
const maxBodyBytes = 16_384;

/**
 * Sends one span as both backends send theirs: OTLP/HTTP, protobuf, gzip, no proxy, redirects not followed. Resolves
 * always: an error has Node's code, or `TIMEOUT` when no whole answer came in time.
 */
export function sendTestSpan(base: string, headers: Readonly<Record<string, string>>, timeoutMs: number) {
  const url = new URL(`${base}/v1/traces`);
  const body = gzipSync(encodeTestSpan(Date.now() - 1, Date.now()));
  return new Promise<TestAnswer>((resolve) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, {
      method: 'POST',
      agent: false,
      headers: {
        'Content-Type': 'application/x-protobuf',
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
        'User-Agent': 'watchtower',
        ...headers,
      },
    });
    const overdue = setTimeout(() => {
      resolve({ status: null, code: 'TIMEOUT', message: 'no answer' });
      request.destroy();
    }, timeoutMs);
    request.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(overdue);
      resolve({ status: null, code: error.code ?? 'UNKNOWN', message: error.message });
    });
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = () => {
        clearTimeout(overdue);
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          location: response.headers.location ?? null,
          body: Buffer.concat(chunks).subarray(0, maxBodyBytes),
        });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= maxBodyBytes) end();
      });
      response.once('end', end);
      response.once('error', end);
    });
    request.end(body);
  });
}
