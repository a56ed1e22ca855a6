import { join } from 'node:path';
import { BrowserWindow, type Session, session, shell } from 'electron';
import { mayNavigate, mayOpenOutside, mayUse } from './panel-policy';

/** One sandboxed window on the host's panel. `entry` is its address with the token. */
export function openPanelWindow(entry: string): BrowserWindow {
  const { origin } = new URL(entry);
  const panel = session.fromPartition('panel');
  restrict(panel, origin);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    title: 'Watchtower',
    show: false,
    webPreferences: {
      session: panel,
      preload: join(__dirname, '..', 'preload', 'index.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url, origin)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!mayNavigate(event.url, origin)) event.preventDefault();
  };
  webContents.on('will-navigate', stay);
  webContents.on('will-redirect', stay);
  webContents.on('will-frame-navigate', stay);
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  void window.loadURL(entry);
  return window;
}

function restrict(panel: Session, origin: string): void {
  panel.setPermissionRequestHandler((contents, permission, answer) => {
    answer(mayUse(permission, contents.getURL(), origin));
  });
  panel.setPermissionCheckHandler((_contents, permission, asking) => mayUse(permission, asking, origin));
  panel.setDevicePermissionHandler(() => false);
}
