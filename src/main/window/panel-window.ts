import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Session, screen } from 'electron';
import { shellChannels } from '../../shared/desktop-shell';
import { isPanelAddress, panelAddress } from '../bridge/panel-address';
import type { PanelBridge } from '../bridge/panel-bridge';
import { confineContents } from './confine-contents';
import { placeWindow, smallest } from './place-window';
import { reloadAfterCrash } from './reload-after-crash';
import { keepWindowState, readWindowState } from './window-state';

export interface PanelWindowOptions {
  /** Of `openPanelSession`. */
  session: Session;
  bridge: PanelBridge;
  /** Keeps `window.json`. */
  home: string;
  /** The page to begin with, such as `/destinations`. */
  path?: string;
  log: { warn(facts: object, message: string): void };
}

/** As --color-canvas of the theme. */
const canvas = { light: '#f4f5f7', dark: '#0b0e13' };

/** One sandboxed window on the panel, where and as large as the last one was. Shown once it has painted. */
export function openPanelWindow({ session, bridge, home, path = '/', log }: PanelWindowOptions): BrowserWindow {
  const kept = readWindowState(home);
  const dark = kept?.dark ?? nativeTheme.shouldUseDarkColors;
  const window = new BrowserWindow({
    ...placeWindow(
      kept?.bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Watchtower',
    show: false,
    backgroundColor: dark ? canvas.dark : canvas.light,
    webPreferences: {
      session,
      preload: join(__dirname, '..', 'preload', 'index.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  const { webContents } = window;
  confineContents(webContents);
  bridge.admit(webContents);
  reloadAfterCrash(webContents, (reason, pauseMs) =>
    log.warn({ reason, pauseMs }, 'the page ended and is loaded again'),
  );
  webContents.once('did-finish-load', () => webContents.setZoomLevel(kept?.zoomLevel ?? 0));
  keepWindowState(window, home, () => nativeTheme.shouldUseDarkColors);
  window.once('ready-to-show', () => {
    if (kept?.maximized) window.maximize();
    window.show();
  });
  void window.loadURL(panelAddress(path));
  return window;
}

/** Shows a page of the panel in a window that is open, without loading it anew. */
export function showPath(window: BrowserWindow, path: string): void {
  const { webContents } = window;
  if (webContents.isLoading() || !isPanelAddress(webContents.getURL())) void window.loadURL(panelAddress(path));
  else webContents.send(shellChannels.show, path);
}

/** Brings a window to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
