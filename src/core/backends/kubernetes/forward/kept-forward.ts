import { createServer, type Server, type Socket } from 'node:net';
import type { HostLog } from '../../../log/host-log';
import { type ClusterApi, ClusterFailure } from '../api/cluster-api';

const loopback = '127.0.0.1';

export interface KeptForwardOptions {
  /** For the log. */
  title: string;
  /** Taken where it is free; 0 or a held one becomes any free port. */
  preferredPort: number;
  /** Where a new connection goes; null while nothing is there. */
  target(): { api: ClusterApi; namespace: string; pod: string; port: number } | null;
  log: HostLog;
}

/**
 * A port of this machine's loopback address that leads to a service of the cluster. It outlives pods and the connection to the
 * cluster: each connection is led to a pod that is ready at that moment, and is cut off while there is none.
 */
export class KeptForward {
  /** 0 until `open` has resolved. */
  port = 0;
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly options: KeptForwardOptions) {}

  async open(): Promise<void> {
    const { preferredPort } = this.options;
    this.server = (await this.listen(preferredPort)) ?? (await this.listen(0));
    const address = this.server?.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    this.port = 0;
    for (const socket of this.sockets) socket.destroy();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private listen(port: number): Promise<Server | null> {
    // Half-open: what a client has to say may end before the answer begins.
    const server = createServer({ allowHalfOpen: true }, (socket) => void this.join(socket));
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
        else reject(error);
      });
      server.listen({ port, host: loopback, exclusive: true }, () => resolve(server));
    });
  }

  private async join(socket: Socket): Promise<void> {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const target = this.options.target();
    if (!target) {
      socket.destroy();
      return;
    }
    try {
      await target.api.forward(target, socket);
    } catch (error) {
      socket.destroy();
      const reason = error instanceof ClusterFailure ? error.reason : 'unreachable';
      this.options.log.info({ service: this.options.title, reason }, 'cluster: a connection was not forwarded');
    }
  }
}
