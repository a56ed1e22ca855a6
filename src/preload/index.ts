import { contextBridge, ipcRenderer } from 'electron';
import { type DesktopShell, type ShellMessage, shellChannels } from '../shared/desktop-shell';

declare const window: {
  location: { origin: string };
  postMessage(message: ShellMessage, targetOrigin: string, transfer?: readonly unknown[]): void;
};

const shell: DesktopShell = {
  desktop: true,
  platform: process.platform,
  connect: () => ipcRenderer.send(shellChannels.connect),
};
contextBridge.exposeInMainWorld('watchtowerShell', shell);

// The context bridge carries no port: it is posted to the page, and to no other origin.
ipcRenderer.on(shellChannels.port, ({ ports }) => {
  window.postMessage({ channel: shellChannels.port }, window.location.origin, ports);
});
ipcRenderer.on(shellChannels.show, (_event, path: string) => {
  window.postMessage({ channel: shellChannels.show, path }, window.location.origin);
});
