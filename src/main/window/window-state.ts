import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';

const WindowState = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean(),
  zoomLevel: z.number().min(-5).max(5),
  /** Whether the page was dark, so that the next window is so before it has painted. */
  dark: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

const pathIn = (home: string) => join(home, 'window.json');
const settleMs = 500;

/** What was kept; undefined at the first start, or where the file is damaged. Read at once: the window waits for it. */
export function readWindowState(home: string): WindowState | undefined {
  try {
    return WindowState.parse(JSON.parse(readFileSync(pathIn(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes down size, place and zoom of a window; at once, since the process may be about to end. */
export function saveWindowState(window: BrowserWindow, home: string, dark: boolean): void {
  if (window.isDestroyed()) return;
  const path = pathIn(home);
  try {
    const state: WindowState = {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      zoomLevel: window.webContents.getZoomLevel(),
      dark,
    };
    writeFileSync(`${path}.tmp`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  } catch {
    // Nothing may keep the app from ending; the next window only opens in its usual place.
  }
}

/** Keeps size, place and zoom of a window in the home, half a second after each change and when it closes. */
export function keepWindowState(window: BrowserWindow, home: string, isDark: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(timer);
    saveWindowState(window, home, isDark());
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, settleMs);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.webContents.on('zoom-changed', saveSoon);
  // Zooming from the menu tells nobody.
  window.on('blur', save);
  window.on('close', save);
}
