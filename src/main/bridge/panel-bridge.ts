import { ipcMain, MessageChannelMain, type WebContents } from 'electron';
import { shellChannels } from '../../shared/desktop-shell';
import { isPanelSender } from './check-sender';
import { type ScreenedPort, screenPort } from './screen-port';

/** Serves the contract over a port until it closes; false when there is no host to answer it. */
type ConnectPort = (port: ScreenedPort) => boolean | Promise<boolean>;

export interface PanelBridge {
  /** Lets a window ask for ports. */
  admit(contents: WebContents): void;
}

/**
 * The one door from a page into this process: it gives the panel a port on which the contract is served, one port to a
 * window at a time. Whoever else asks gets no answer.
 */
export function openPanelBridge(
  connect: ConnectPort,
  log: { warn(facts: object, message: string): void },
): PanelBridge {
  const admitted = new Set<WebContents>();
  const ports = new WeakMap<WebContents, ScreenedPort>();
  ipcMain.on(shellChannels.connect, async (event) => {
    const { sender, senderFrame } = event;
    if (!senderFrame || !isPanelSender(event, admitted)) {
      log.warn({ from: senderFrame?.url }, 'a port was refused to a page that is not the panel');
      return;
    }
    ports.get(sender)?.close();
    const { port1, port2 } = new MessageChannelMain();
    const screened = screenPort(port1, () => log.warn({}, 'the page sent what the panel does not send: disconnected'));
    ports.set(sender, screened);
    const connected = await connect(screened);
    try {
      senderFrame.postMessage(shellChannels.port, null, connected ? [port2] : []);
      port1.start();
    } catch {
      // The page went away meanwhile; its next one asks anew.
      screened.close();
    }
  });
  return {
    admit(contents) {
      admitted.add(contents);
      contents.once('destroyed', () => admitted.delete(contents));
    },
  };
}
