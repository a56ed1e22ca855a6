import type { Readable } from 'node:stream';
import { MAX_REQUEST_BYTES } from '../request/request-limits';
import { ABORTED, type Body, type BodyFailure, NO_ROOM, TOO_LARGE } from './body-failure';
import type { Lease } from './memory-budget';

/** Everything that a stream brings, as it comes. `declared` is the Content-Length; NaN or 0 where there is none. */
export function collectBody(stream: Readable, declared: number, lease: Lease): Promise<Body> {
  if (declared > MAX_REQUEST_BYTES) {
    stream.resume();
    return Promise.resolve(TOO_LARGE);
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (body: Body) => {
      if (settled) return;
      settled = true;
      resolve(body);
    };
    const refuse = (failure: BodyFailure) => {
      chunks.length = 0;
      lease.end();
      settle(failure);
    };
    // After a refusal the rest is read and thrown away: closing with unread data would reset the connection before
    // the answer.
    stream.on('data', (chunk: Buffer) => {
      if (settled) return;
      size += chunk.length;
      if (size > MAX_REQUEST_BYTES) return refuse(TOO_LARGE);
      if (!lease.take(chunk.length)) return refuse(NO_ROOM);
      chunks.push(chunk);
    });
    stream.on('end', () => {
      if (!settled) settle(join(chunks, size, lease));
    });
    stream.on('error', () => settle(ABORTED));
    stream.on('close', () => settle(ABORTED));
  });
}

/** Joining copies: for a moment the bytes are there twice. */
export function join(chunks: Buffer[], size: number, lease: Lease): Body {
  if (chunks.length === 1) return chunks[0]!;
  if (!lease.take(size)) return NO_ROOM;
  const whole = Buffer.concat(chunks, size);
  chunks.length = 0;
  lease.give(size);
  return whole;
}
