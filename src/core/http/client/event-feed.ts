import type { IncomingMessage } from 'node:http';
import { ErrorEvent, withEventMeta } from '@orpc/client';
import { EventDecoder, type EventMessage } from '@orpc/standard-server';
import { ConnectionLost } from './send-http';

/**
 * The events of an answer, as they come. It ends with the signal of its caller, or by `return`, also while one is waited for; a
 * connection that breaks rejects with `ConnectionLost`.
 */
export class EventFeed implements AsyncIteratorObject<unknown, unknown> {
  readonly #answer: IncomingMessage;
  readonly #events: AsyncGenerator<unknown, unknown>;
  #isLeft = false;

  constructor(answer: IncomingMessage, signal: AbortSignal | undefined) {
    this.#answer = answer;
    this.#events = readEvents(answer, signal);
  }

  async next(): Promise<IteratorResult<unknown, unknown>> {
    try {
      return await this.#events.next();
    } catch (error) {
      if (this.#isLeft) return { done: true, value: undefined };
      throw error;
    }
  }

  async return(value?: unknown): Promise<IteratorResult<unknown, unknown>> {
    // A generator takes its own `return` only between two events.
    this.#isLeft = true;
    this.#answer.destroy();
    return { done: true, value };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}

async function* readEvents(answer: IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<unknown, unknown> {
  const events: EventMessage[] = [];
  const decoder = new EventDecoder({ onEvent: (event) => events.push(event) });
  answer.setEncoding('utf8');
  try {
    for await (const part of answer) {
      decoder.feed(part as string);
      for (const event of events.splice(0)) {
        const value = event.data ? (JSON.parse(event.data) as unknown) : undefined;
        const kind = event.event ?? (event.data === undefined ? 'comment' : 'message');
        if (kind === 'message') yield withMeta(value, event);
        else if (kind === 'error') throw withEventMeta(new ErrorEvent({ data: value }), event);
        else if (kind === 'done' || kind === 'close') return withMeta(value, event);
      }
    }
    decoder.end();
    return undefined;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error instanceof ErrorEvent ? error : new ConnectionLost((error as Error).message);
  }
}

function withMeta(value: unknown, event: EventMessage): unknown {
  return typeof value === 'object' && value !== null ? withEventMeta(value, event) : value;
}
