import type { Socket } from 'node:net';

/** What every HTTP/2 connection with prior knowledge begins with; no method of HTTP/1.1 does (RFC 9113, 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** `PRI ` tells enough. */
const DECIDED_BYTES = 4;

/**
 * Tells HTTP/1.1 from HTTP/2 by the first bytes of a connection, and leaves these to whoever reads the socket next. `decide` is
 * called once; with null where the connection ended, or sent nothing within `timeoutMs`.
 */
export function sniffHttpVersion(socket: Socket, timeoutMs: number, decide: (version: 1 | 2 | null) => void): void {
  let seen: Buffer | null = null;
  const onData = (chunk: Buffer) => {
    seen = seen ? Buffer.concat([seen, chunk]) : chunk;
    const length = Math.min(seen.length, DECIDED_BYTES);
    const isPreface = seen.compare(PREFACE, 0, length, 0, length) === 0;
    if (isPreface && seen.length < DECIDED_BYTES) return;
    leave();
    socket.pause();
    socket.unshift(seen);
    decide(isPreface ? 2 : 1);
    if (!isPreface) socket.resume();
  };
  const onGone = () => {
    leave();
    socket.destroy();
    decide(null);
  };
  const leave = () => {
    socket.off('data', onData).off('close', onGone).off('end', onGone).off('timeout', onGone).off('error', onGone);
    socket.setTimeout(0);
  };
  socket.on('data', onData).on('close', onGone).on('end', onGone).on('timeout', onGone).on('error', onGone);
  socket.setTimeout(timeoutMs);
}
