import { nativeTheme, Tray } from 'electron';
import { buildMenu } from '../menu/build-menu';
import type { Command } from '../menu/command';
import type { TrayDescription } from './describe-tray';
import { trayIcon } from './tray-icon';

export interface TrayOptions {
  /** Folder of the icons. */
  icons: string;
  read(): TrayDescription;
  run(command: Command): void;
}

export interface AppTray {
  /** Shows what has changed; `anew` also what has not, after a click that changed a mark by itself. */
  update(anew?: boolean): void;
  destroy(): void;
}

/** The icon in the system's tray. A click opens the panel where the system gives the menu a button of its own. */
export function openTray({ icons, read, run }: TrayOptions): AppTray {
  let shown = read();
  const tray = new Tray(trayIcon(icons, shown.state));
  const show = (next: TrayDescription) => {
    tray.setImage(trayIcon(icons, next.state));
    tray.setToolTip(next.tooltip);
    tray.setContextMenu(buildMenu(next.menu, run));
    shown = next;
  };
  const update = (anew = false) => {
    const next = read();
    if (anew || JSON.stringify(next) !== JSON.stringify(shown)) show(next);
  };
  const repaint = () => tray.setImage(trayIcon(icons, shown.state));
  show(shown);
  if (process.platform !== 'darwin') tray.on('click', () => run({ do: 'open-panel' }));
  nativeTheme.on('updated', repaint);
  return {
    update,
    destroy() {
      nativeTheme.off('updated', repaint);
      tray.destroy();
    },
  };
}
