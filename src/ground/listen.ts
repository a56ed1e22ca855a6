import type { AddressInfo, Server } from 'node:net';

/** Somebody else listens on the port. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';

  constructor(
    readonly host: string,
    readonly port: number,
  ) {
    super(`port ${port} on ${host} is in use`);
  }
}

/** Resolves with the port listened on (0 asks for any); rejects with `PortInUse`, or the system's error. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUse(host, port) : error);
    server.once('error', onError);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.removeListener('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
