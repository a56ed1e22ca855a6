import type { Signal } from '../wire/signal';
import { describeFailure } from './describe-failure';
import type { Outcome } from './outcome';
import { closeConnections, openConnections, postRequest } from './post-request';
import { readAnswer } from './read-answer';
import type { Target } from './target';

/** Requests to one destination at a time, at most. */
export const MAX_CONNECTIONS = 4;

/** Sends requests to one destination; what it says shows none of the destination's secrets. */
export class DestinationClient {
  private readonly connections = openConnections(MAX_CONNECTIONS);

  constructor(
    private readonly target: Target,
    private readonly limits: { timeoutMs: number; now: () => number },
  ) {}

  /** `body`: a protobuf Export…ServiceRequest, gzip. */
  async send(signal: Signal, body: Uint8Array, cancel: AbortSignal): Promise<Outcome> {
    const outcome = await this.trySend(signal, body, cancel);
    if (outcome.kind === 'cancelled' || outcome.message === null) return outcome;
    return { ...outcome, message: this.mask(outcome.message) };
  }

  close(): void {
    closeConnections(this.connections);
  }

  private async trySend(signal: Signal, body: Uint8Array, cancel: AbortSignal): Promise<Outcome> {
    const { timeoutMs, now } = this.limits;
    const url = this.target.urls[signal];
    const headers = {
      'user-agent': 'Watchtower',
      ...lowerCased(this.target.headers),
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
    };
    const ending = new AbortController();
    const end = () => ending.abort();
    const timer = setTimeout(end, timeoutMs);
    cancel.addEventListener('abort', end);
    if (cancel.aborted) end();
    try {
      return readAnswer(await postRequest(url, headers, body, this.connections, ending.signal), now());
    } catch (error) {
      if (cancel.aborted) return { kind: 'cancelled' };
      const message = ending.signal.aborted
        ? `${url.host}: no answer within ${timeoutMs / 1000} s`
        : describeFailure(error as NodeJS.ErrnoException, url);
      return { kind: 'retry', status: null, message, afterMs: null };
    } finally {
      clearTimeout(timer);
      cancel.removeEventListener('abort', end);
    }
  }

  /** Some servers repeat in their answer what they were sent. */
  private mask(message: string): string {
    return this.target.secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
