import { WebSocket } from 'ws';
import { type BackendFailure, refusalFrom } from './backend-failure';

export interface TailOptions<Batch> {
  /** Read at every connect. */
  address: () => string;
  /** A message in the shape to hand out; null skips it. */
  read(message: unknown): Batch | null;
  /** Handed out at every connect, where readers are to know of it. */
  opened?: Batch;
  /** Joins what waits for a slow reader with what came since; must bound its size and count what it drops. */
  merge(waiting: Batch, next: Batch): Batch;
  signal: AbortSignal;
  query: string;
}

/** Milliseconds between a lost connection and the next try: at most one try a second in the long run. */
const pauses = [100, 250, 500, 1_000];

const maxMessageBytes = 32 * 1024 * 1024;

/**
 * Messages of a backend's WebSocket until the signal ends it. A lost connection is made anew; a refused query throws
 * `BackendFailure`. Holds at most one batch for a reader that is slow.
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

function openMailbox<Batch>({ address, read, opened, merge, signal, query }: TailOptions<Batch>) {
  let waiting: Batch | null = null;
  let failure: BackendFailure | null = null;
  let closed = signal.aborted;
  let wake = () => {};
  let socket: WebSocket | null = null;
  let retry: NodeJS.Timeout | undefined;
  let attempts = 0;

  function connect() {
    if (closed) return;
    socket = new WebSocket(address(), { maxPayload: maxMessageBytes, handshakeTimeout: 5_000 });
    socket.on('open', () => {
      attempts = 0;
      if (opened) put(opened);
    });
    socket.on('message', (data) => {
      const message = parseJson(data.toString());
      const batch = message === undefined ? null : read(message);
      if (batch !== null) put(batch);
    });
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => {
        const refusal = refusalFrom(response.statusCode ?? 500, body, query);
        if (refusal.kind === 'refused') fail(refusal);
        socket?.terminate();
      });
    });
    // A refusal after the upgrade: the backend closes with "invalid data" (1007) or "policy" (1008) and says why.
    socket.on('close', (code, reason) => {
      if (code === 1007 || code === 1008) fail(refusalFrom(400, reason.toString(), query));
      if (closed) return;
      retry = setTimeout(connect, pauses[Math.min(attempts, pauses.length - 1)]);
      attempts += 1;
    });
    socket.on('error', () => {});
  }

  function put(batch: Batch) {
    waiting = waiting === null ? batch : merge(waiting, batch);
    wake();
  }

  function fail(refusal: BackendFailure) {
    failure = refusal;
    close();
  }

  function close() {
    closed = true;
    clearTimeout(retry);
    socket?.terminate();
    wake();
  }

  signal.addEventListener('abort', close);
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
