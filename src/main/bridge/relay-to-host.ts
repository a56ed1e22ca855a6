import { once } from 'node:events';
import { WebSocket } from 'ws';
import { findHost } from '../../core/ownership/host-file';
import type { ScreenedPort } from './screen-port';

const patienceMs = 3000;

/**
 * Connects a window to the host of a home that another process runs: what the port says goes to its WebSocket and back,
 * text by text, for oRPC writes both alike. The host's token stays in this process. False when no host answers.
 */
export async function relayToHost(home: string, port: ScreenedPort): Promise<boolean> {
  const host = await findHost(home);
  if (!host) return false;
  const socket = new WebSocket(`${host.url.replace(/^http/, 'ws')}/rpc/ws`, {
    headers: { authorization: `Bearer ${host.token}` },
    handshakeTimeout: patienceMs,
  });
  socket.on('error', () => {});
  const opened = await Promise.race([
    once(socket, 'open').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false);
  if (!opened) return false;
  port.onMessage.addListener((text) => socket.send(text, () => {}));
  port.onDisconnect.addListener(() => socket.close());
  socket.on('message', (data) => port.postMessage(String(data)));
  socket.on('close', port.close);
  return true;
}
