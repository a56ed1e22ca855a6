import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly contentType: string;
  /** Its first 64 KiB. */
  readonly body: Buffer;
}

/** Keeps the connections to one destination open. */
export interface Connections {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

const MAX_ANSWER_BYTES = 64 * 1024;

export function openConnections(maxSockets: number): Connections {
  const options = { keepAlive: true, maxSockets };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

export function closeConnections({ http, https }: Connections): void {
  http.destroy();
  https.destroy();
}

/** Redirects are not followed. Rejects with the system's error, or the reason of `cancel`. */
export async function postRequest(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  connections: Connections,
  cancel: AbortSignal,
): Promise<Answer> {
  try {
    return await exchange(url, headers, body, connections, cancel);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return await exchange(url, headers, body, connections, cancel);
  }
}

/** The server had closed a kept connection when the request was written: nothing is wrong. */
class StaleConnection extends Error {}

function exchange(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  connections: Connections,
  cancel: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      agent: isSecure ? connections.https : connections.http,
      headers: { ...headers, 'content-length': body.length },
      signal: cancel,
    };
    const sent = isSecure ? requestHttps(url, options) : requestHttp(url, options);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(cancel.aborted ? cancel.reason : isStale ? new StaleConnection() : error);
    });
    sent.on('response', (response) => {
      // An answer may come before the whole request was read: it counts, whatever becomes of the connection.
      readStart(response).then((start) => {
        if (cancel.aborted) return reject(cancel.reason);
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          contentType: response.headers['content-type'] ?? '',
          body: start,
        });
      });
    });
    sent.end(body);
  });
}

function readStart(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = () => resolve(Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) response.destroy();
    });
    response.on('close', finish);
    response.on('error', finish);
  });
}
