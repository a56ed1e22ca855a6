import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';

export interface HttpMessage {
  /** GET where it is left out. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  signal?: AbortSignal | undefined;
}

/** Below the five seconds after which Node.js' servers close what nobody uses: no request meets a connection that just ends. */
const idleMs = 3_000;
const agent = new Agent({ keepAlive: true, timeout: idleMs });

/** Nobody took the request, or whoever did was gone before its answer was whole. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/**
 * Sends one request over `node:http`, and resolves with the head of its answer. In place of `fetch`, which a process that ends after a few
 * requests spends most of its time to load. Rejects with `ConnectionLost`, or with the reason of the signal.
 */
export async function sendHttp(address: string | URL, message: HttpMessage = {}): Promise<IncomingMessage> {
  const { signal } = message;
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const send = isSecure ? (await import('node:https')).request : request;
  const options: RequestOptions = {
    method: message.method ?? 'GET',
    headers: { ...message.headers },
    ...(!isSecure && { agent }),
  };
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const sent = send(url, options, resolve);
    const leave = () => sent.destroy();
    signal?.addEventListener('abort', leave, { once: true });
    sent.once('close', () => signal?.removeEventListener('abort', leave));
    sent.on('error', (error) => reject(signal?.aborted ? signal.reason : new ConnectionLost(error.message)));
    sent.end(message.body);
  });
}

/** The whole answer as text; rejects as `sendHttp` does. */
export async function readHttpText(answer: IncomingMessage, signal?: AbortSignal): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  try {
    for await (const part of answer) text += part;
  } catch (error) {
    throw signal?.aborted ? signal.reason : new ConnectionLost((error as Error).message);
  }
  return text;
}
