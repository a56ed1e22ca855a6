import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import { maskSecrets } from '../../secrets/mask-secrets';
import { isTlsCode } from '../../tls/explain-tls';
import { BackendFailure, refusalFrom } from './backend-failure';
import { explainAnswer, explainForeign } from './explain-answer';
import { explainSilence } from './explain-silence';
import type { EndpointAnswer } from './fetch-endpoint';
import { headersOf, type QueryEndpoint, secretsOf } from './query-endpoint';
import { trustedCertificates } from './trusted-certificates';

export interface TailOptions<Batch> {
  /** Read at every connect and again and again: a tail follows it to where it leads now. */
  endpoint: () => QueryEndpoint;
  /** Path and query behind the base, read at every connect. */
  target: () => string;
  /** Of the API itself, beside those of the endpoint. */
  headers?: Readonly<Record<string, string>>;
  /** A message in the shape to hand out; null skips it. */
  read(message: unknown): Batch | null;
  /** Handed out at every connect, where readers are to know of it. */
  opened?: Batch;
  /** Joins what waits for a slow reader with what came since; must bound its size and count what it drops. */
  merge(waiting: Batch, next: Batch): Batch;
  signal: AbortSignal;
  query: string;
  /** Between two looks at where the endpoint leads. */
  lookEveryMs?: number;
}

/** Milliseconds between a lost connection and the next try: at most one try a second in the long run. */
const pauses = [100, 250, 500, 1_000];
/** Tries in a row that a server answered with its own fault instead of a WebSocket, before it counts as one that has none. */
const mostFaults = 4;

const maxMessageBytes = 32 * 1024 * 1024;
const maxRefusalBytes = 64 * 1024;

/**
 * Messages of a backend's WebSocket until the signal ends it. A lost connection is made anew. Throws `BackendFailure` where the
 * query is refused, the endpoint is none any more, or no WebSocket is given: then with the status of the answer. Holds at most one batch for a reader that is slow.
 */
export async function* tailBackend<Batch>(options: TailOptions<Batch>): AsyncGenerator<Batch> {
  const { signal } = options;
  const mailbox = openMailbox(options);
  try {
    while (true) {
      const batch = await mailbox.take();
      if (batch === null) return;
      yield batch;
    }
  } finally {
    mailbox.close();
    signal.removeEventListener('abort', mailbox.close);
  }
}

function openMailbox<Batch>(options: TailOptions<Batch>) {
  const { target, headers, read, opened, merge, signal, query } = options;
  let waiting: Batch | null = null;
  let failure: BackendFailure | null = null;
  let closed = signal.aborted;
  let wake = () => {};
  let socket: WebSocket | null = null;
  let retry: NodeJS.Timeout | undefined;
  let attempts = 0;
  let faults = 0;
  let leads: QueryEndpoint | null = null;
  const looking = setInterval(look, options.lookEveryMs ?? 1_000).unref();

  /** Null where there is none now, with which the tail fails. */
  function endpoint(): QueryEndpoint | null {
    try {
      return options.endpoint();
    } catch (error) {
      if (!(error instanceof BackendFailure)) throw error;
      fail(error);
      return null;
    }
  }

  /** What stands behind it may have been changed while the old one still answers. */
  function look() {
    const now = endpoint();
    if (now && leads && !isDeepStrictEqual(now, leads)) socket?.terminate();
  }

  function connect() {
    const to = closed ? null : endpoint();
    if (to === null) return;
    leads = to;
    socket = new WebSocket(`${to.base.replace(/^http/, 'ws')}${target()}`, {
      headers: { ...headers, ...headersOf(to) },
      ...(to.ca && { ca: trustedCertificates(to.ca) }),
      maxPayload: maxMessageBytes,
      handshakeTimeout: 5_000,
    });
    socket.on('open', () => {
      attempts = 0;
      faults = 0;
      if (opened) put(opened);
    });
    socket.on('message', (data) => {
      const message = parseJson(data.toString());
      const batch = message === undefined ? null : read(message);
      if (batch !== null) put(batch);
    });
    socket.on('unexpected-response', (_request, response) => void refused(to, response));
    // A refusal after the upgrade: the backend closes with "invalid data" (1007) or "policy" (1008) and says why.
    socket.on('close', (code, reason) => {
      if (code === 1007 || code === 1008) fail(refusalFrom(400, maskSecrets(reason.toString(), secretsOf(to)), query));
      if (closed) return;
      retry = setTimeout(connect, pauses[Math.min(attempts, pauses.length - 1)]);
      attempts += 1;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (isTlsCode(error.code ?? '')) void explainSilence(to, error).then(fail);
    });
  }

  async function refused(to: QueryEndpoint, response: IncomingMessage) {
    const answer = await readAnswer(response);
    const path = target().split('?')[0]!;
    const refusal = explainAnswer(to, path, answer, query) ?? explainForeign(to, path, answer.status);
    if (answer.status >= 500 || answer.status === 429) faults += 1;
    else faults = mostFaults;
    if (faults >= mostFaults) fail(refusal);
    socket?.terminate();
  }

  function put(batch: Batch) {
    waiting = waiting === null ? batch : merge(waiting, batch);
    wake();
  }

  function fail(refusal: BackendFailure) {
    if (closed) return;
    failure = refusal;
    close();
  }

  function close() {
    closed = true;
    clearTimeout(retry);
    clearInterval(looking);
    socket?.terminate();
    wake();
  }

  signal.addEventListener('abort', close);
  if (closed) clearInterval(looking);
  connect();
  return {
    close,
    /** Null at the end. */
    async take(): Promise<Batch | null> {
      while (waiting === null && !closed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (waiting !== null && !signal.aborted) {
        const batch = waiting;
        waiting = null;
        return batch;
      }
      if (failure) throw failure;
      return null;
    },
  };
}

async function readAnswer(response: IncomingMessage): Promise<EndpointAnswer> {
  let body = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) {
      body += chunk;
      if (body.length > maxRefusalBytes) break;
    }
  } catch {
    // Broken off: what came of it says enough.
  }
  return {
    status: response.statusCode ?? 500,
    contentType: response.headers['content-type'] ?? '',
    location: response.headers.location ?? null,
    challenge: response.headers['www-authenticate'] ?? null,
    body,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
