import { connect } from 'node:net';

const probeMs = 2_000;
const loopback = ['127.0.0.1', '::1'];

/**
 * Whether anybody listens on a port of this machine, at whichever address: some systems let a second one listen on a
 * narrower address and take the first one's callers.
 */
export async function isPortHeld(port: number, hosts: readonly string[] = loopback): Promise<boolean> {
  return (await Promise.all(hosts.map((host) => accepts(port, host)))).includes(true);
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: probeMs });
    const end = (held: boolean) => {
      socket.destroy();
      resolve(held);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(true));
    socket.once('error', () => end(false));
  });
}
