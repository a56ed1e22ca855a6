import { type ClientContext, type ClientLink, type ClientOptions, ORPCError } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as SocketLink } from '@orpc/client/websocket';

/** `open` over the WebSocket, `http` where a proxy lets no WebSocket through. */
export type ConnectionState = 'connecting' | 'open' | 'http' | 'lost' | 'unauthorized';

type Link = ClientLink<ClientContext>;

const firstDelayMs = 250;
const lastDelayMs = 5000;
/** A call made while the host is away waits this long for it. */
const patienceMs = 8000;

/**
 * The one way to the host: a WebSocket that opens itself again after it was lost. A refusal is told apart from an absent
 * host by asking over HTTP, since a browser hides the status of a refused WebSocket.
 */
export class Connection implements Link {
  #state: ConnectionState = 'connecting';
  #link: Link | null = null;
  #delay = firstDelayMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #http: Link;
  readonly #socketUrl: string;

  constructor(origin: string) {
    this.#http = new HttpLink({ url: `${origin}/rpc` });
    this.#socketUrl = `${origin.replace(/^http/, 'ws')}/rpc/ws`;
    this.#open();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    const link = this.#link ?? (await this.#nextLink(options.signal));
    return link.call(path, input, options);
  }

  /** Tries now instead of at the end of the pause. */
  retryNow = (): void => {
    if (this.#state === 'lost' || this.#state === 'unauthorized') this.#open();
  };

  #open(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#socketUrl);
    const link = new SocketLink({ websocket: socket });
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#delay = firstDelayMs;
      this.#link = link;
      this.#become('open');
    });
    socket.addEventListener('close', () => {
      this.#link = null;
      if (opened) this.#retryLater();
      else void this.#diagnose();
    });
  }

  async #diagnose(): Promise<void> {
    try {
      await this.#http.call(['host', 'snapshot'], undefined, { context: {} });
      this.#link = this.#http;
      this.#become('http');
    } catch (error) {
      // Signing in in another tab mends this one too, so it goes on trying.
      const refused = error instanceof ORPCError && (error.status === 401 || error.status === 403);
      this.#retryLater(refused ? 'unauthorized' : 'lost');
    }
  }

  #retryLater(state: 'lost' | 'unauthorized' = 'lost'): void {
    this.#become(state);
    this.#timer = setTimeout(() => this.#open(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, lastDelayMs);
  }

  #nextLink(signal: AbortSignal | undefined): Promise<Link> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        stop();
        signal?.removeEventListener('abort', aborted);
        act();
      };
      const unreachable = () => reject(new ORPCError('UNAVAILABLE', { message: 'Watchtower does not answer.' }));
      const aborted = () => settle(() => reject(signal?.reason));
      const timer = setTimeout(() => settle(unreachable), patienceMs);
      const stop = this.subscribe(() => {
        const link = this.#link;
        if (link) settle(() => resolve(link));
        else if (this.#state === 'unauthorized') settle(unreachable);
      });
      signal?.addEventListener('abort', aborted);
    });
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
