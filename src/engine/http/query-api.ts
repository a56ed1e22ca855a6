import type { Hono } from 'hono';
import type { WebSocket } from 'ws';

/** One query API of the engine: a web app, and the WebSocket routes beside it by exact path. */
export interface QueryApi {
  readonly app: Hono;
  readonly sockets?: Readonly<Record<string, (socket: WebSocket, url: URL) => void>>;
}
