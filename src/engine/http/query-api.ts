import type { Hono } from 'hono';
import type { WebSocket } from 'ws';

/** One query API of the engine: a web app, and the WebSocket routes beside it by exact path. */
export interface QueryApi {
  readonly app: Hono;
  readonly sockets?: Readonly<Record<string, (socket: WebSocket, url: URL) => void>>;
  /**
   * Milliseconds an answer may take; `DEFAULT_DEADLINE_MS` where absent. When they are over, `context.req.raw.signal`
   * aborts, as it does when the client leaves.
   */
  readonly deadlineMs?: number;
  /** The API's own form of an error that is found before or after its routes: a body too large, a missed deadline. */
  readonly refuse?: (status: RefusalStatus, message: string) => Response;
}

/** 413: the body is too large, 503: no room for it now, 504: the deadline was missed. */
export type RefusalStatus = 413 | 503 | 504;
