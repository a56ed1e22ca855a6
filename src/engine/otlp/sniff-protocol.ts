import type { Socket } from 'node:net';

/** What a connection speaks: a version of HTTP, or what cannot be understood here. */
export type Protocol = 'http1' | 'http2' | 'tls' | 'proxy';

/** What begins a connection, as far as it tells enough; all else is HTTP/1.1. */
const BEGINNINGS: readonly (readonly [Protocol, Buffer])[] = [
  // With prior knowledge: `PRI * HTTP/2.0`; no method of HTTP/1.1 begins so (RFC 9113, 3.4).
  ['http2', Buffer.from('PRI ')],
  // A record of a handshake, of any version since SSL 3.
  ['tls', Buffer.of(0x16, 0x03)],
  // The PROXY protocol as text and in its binary form.
  ['proxy', Buffer.from('PROXY ')],
  ['proxy', Buffer.from('\r\n\r\n\0\r\nQUIT\n')],
];

/**
 * Tells by the first bytes of a connection what it speaks, and leaves these to whoever reads the socket next. `decide` is
 * called once; with null where the connection ended, or sent nothing within `timeoutMs`.
 */
export function sniffProtocol(socket: Socket, timeoutMs: number, decide: (protocol: Protocol | null) => void): void {
  let seen: Buffer | null = null;
  const onData = (chunk: Buffer) => {
    seen = seen ? Buffer.concat([seen, chunk]) : chunk;
    const protocol = protocolOf(seen);
    if (protocol === undefined) return;
    leave();
    socket.pause();
    socket.unshift(seen);
    decide(protocol);
    if (protocol === 'http1') socket.resume();
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

/** Undefined while more bytes are needed. */
function protocolOf(seen: Buffer): Protocol | undefined {
  let isOpen = false;
  for (const [protocol, beginning] of BEGINNINGS) {
    const length = Math.min(seen.length, beginning.length);
    if (seen.compare(beginning, 0, length, 0, length) !== 0) continue;
    if (length === beginning.length) return protocol;
    isOpen = true;
  }
  return isOpen ? undefined : 'http1';
}
