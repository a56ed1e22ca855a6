import type { Socket } from 'node:net';
import type { Protocol } from './sniff-protocol';

type Strange = Exclude<Protocol, 'http1' | 'http2'>;

/** Why a connection is refused that speaks something else than HTTP, and what to change. */
const REASONS: Readonly<Record<Strange, (port: number) => string>> = {
  tls: (port) =>
    `a client speaks TLS to port ${port}, which has none: use http:// and not https:// (for gRPC: insecure, without credentials)`,
  proxy: (port) =>
    `a client or a proxy begins with the PROXY protocol on port ${port}, where it is not understood: switch it off`,
};

/** Ends a connection with an answer that its client cannot take for its own protocol; answers why, for those who look. */
export function refuseStranger(socket: Socket, protocol: Strange): string {
  const reason = REASONS[protocol](socket.localPort ?? 0);
  endWithText(socket, '400 Bad Request', reason);
  return reason;
}

/** Answers in HTTP/1.1 without a request that could be read, and ends the connection. */
export function endWithText(socket: Socket, status: string, text: string): void {
  socket.on('error', () => {});
  const body = `${text}\n`;
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n`;
  if (socket.writable) socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  // Closing with unread bytes would reset the connection before the answer.
  socket.resume();
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}

const LINGER_MS = 2000;
