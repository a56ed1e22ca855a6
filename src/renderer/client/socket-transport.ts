import { ORPCError } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { Transport } from './transport';

/**
 * A browser's way to the host: a WebSocket. A refusal is told apart from an absent host by asking over HTTP, since a
 * browser hides the status of a refused WebSocket.
 */
export function createSocketTransport(origin: string): Transport {
  const http = new HttpLink({ url: `${origin}/rpc` });
  const url = `${origin.replace(/^http/, 'ws')}/rpc/ws`;
  return {
    open({ opened, closed }) {
      const socket = new WebSocket(url);
      const link = new SocketLink({ websocket: socket });
      socket.addEventListener('open', () => opened(link));
      socket.addEventListener('close', closed);
    },
    async diagnose() {
      try {
        await http.call(['host', 'snapshot'], undefined, { context: {} });
        return http;
      } catch (error) {
        const refused = error instanceof ORPCError && (error.status === 401 || error.status === 403);
        return refused ? 'unauthorized' : 'lost';
      }
    },
  };
}
