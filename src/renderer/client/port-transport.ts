import { RPCLink as PortLink } from '@orpc/client/message-port';
import { type DesktopShell, type ShellMessage, shellChannels } from '../../shared/desktop-shell';
import type { Transport } from './transport';

/** The desktop app's host may be starting its own connection to another one. */
const patienceMs = 10_000;

/** The desktop window's way to the host: a port from Electron's main process. */
export function createPortTransport(shell: DesktopShell): Transport {
  return {
    open({ opened, closed }) {
      const receive = (event: MessageEvent<ShellMessage | undefined>) => {
        if (event.source !== window || event.origin !== window.location.origin) return;
        if (event.data?.channel !== shellChannels.port) return;
        stop();
        const port = event.ports[0];
        if (!port) {
          closed();
          return;
        }
        const link = new PortLink({ port });
        port.addEventListener('close', closed);
        port.start();
        opened(link);
      };
      const stop = () => {
        clearTimeout(timer);
        window.removeEventListener('message', receive);
      };
      const timer = setTimeout(() => {
        stop();
        closed();
      }, patienceMs);
      window.addEventListener('message', receive);
      shell.connect();
    },
    diagnose: async () => 'lost',
  };
}
