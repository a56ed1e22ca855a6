import { BackendFailure } from './request/backend-failure';
import type { QueryEndpoint } from './request/query-endpoint';

interface Ways<Batch> {
  endpoint: () => QueryEndpoint;
  signal: AbortSignal;
  /** Over a WebSocket; fails with the status of the answer where none is given. */
  push(): AsyncGenerator<Batch>;
  /** By asking again and again, until `end` says so. */
  poll(end: () => boolean): AsyncGenerator<Batch>;
  now?: () => number;
}

/** A server that answered with a fault may give a WebSocket later. */
const pushAgainMs = 60_000;

/**
 * A tail that is pushed where the backend does so, and polled otherwise. Whether the query or the caller is refused, the poll's own
 * request tells: gateways answer to a WebSocket what they like.
 */
export async function* pushedOrPolled<Batch>({
  endpoint,
  signal,
  push,
  poll,
  now = Date.now,
}: Ways<Batch>): AsyncGenerator<Batch> {
  while (!signal.aborted) {
    const { base } = endpoint();
    let fault: boolean;
    try {
      yield* push();
      return;
    } catch (error) {
      if (!(error instanceof BackendFailure) || error.status === undefined || refusesQuery(error)) throw error;
      fault = error.status >= 500;
    }
    const began = now();
    yield* poll(() => endpoint().base !== base || (fault && now() - began > pushAgainMs));
  }
}

/** As Loki's and the engine's parsers do. A gateway that does not pass the upgrade on makes a Loki speak of WebSockets instead. */
function refusesQuery({ status, kind, message }: BackendFailure): boolean {
  return status === 400 && kind === 'refused' && !/websocket|upgrade|^bad request$/i.test(message.trim());
}
