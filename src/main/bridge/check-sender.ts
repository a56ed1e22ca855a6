import { panelOrigin } from './panel-address';

/** The part of Electron's `IpcMainEvent` that tells who speaks. */
export interface Sender<Contents extends object> {
  readonly sender: Contents & { readonly mainFrame: unknown };
  /** Null when the frame has gone or navigated since. */
  readonly senderFrame: { readonly origin: string } | null;
}

/** Whether a message comes from the main frame of one of our windows while it shows the panel. */
export function isPanelSender<Contents extends object>(
  { sender, senderFrame }: Sender<Contents>,
  admitted: { has(contents: Contents): boolean },
): boolean {
  return (
    admitted.has(sender) &&
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    senderFrame.origin === panelOrigin
  );
}
