import { type ClientContext, type ClientOptions, ORPCError } from '@orpc/client';
import type { Link, Transport } from './transport';

/** `open` over the WebSocket or the port, `http` where a proxy lets no WebSocket through. */
export type ConnectionState = 'connecting' | 'open' | 'http' | 'lost' | 'unauthorized';

const firstDelayMs = 250;
const lastDelayMs = 5000;
/** A call made while the host is away waits this long for it. */
const patienceMs = 8000;

/** The one way to the host: a connection that opens itself again after it was lost. */
export class Connection implements Link {
  #state: ConnectionState = 'connecting';
  #link: Link | null = null;
  #delay = firstDelayMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A try is under way: a second one beside it would take the link that the first one gets. */
  #trying = false;
  readonly #listeners = new Set<() => void>();
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
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
    if (!this.#trying && (this.#state === 'lost' || this.#state === 'unauthorized')) this.#open();
  };

  #open(): void {
    clearTimeout(this.#timer);
    this.#trying = true;
    let open = false;
    this.#transport.open({
      opened: (link) => {
        open = true;
        this.#trying = false;
        this.#delay = firstDelayMs;
        this.#link = link;
        this.#become('open');
      },
      closed: () => {
        this.#link = null;
        if (open) this.#retryLater();
        else void this.#diagnose();
      },
    });
  }

  async #diagnose(): Promise<void> {
    const reason = await this.#transport.diagnose();
    if (typeof reason === 'string') {
      // Signing in in another tab mends a refusal too, so it goes on trying.
      this.#retryLater(reason);
      return;
    }
    this.#trying = false;
    this.#link = reason;
    this.#become('http');
  }

  #retryLater(state: 'lost' | 'unauthorized' = 'lost'): void {
    this.#trying = false;
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
