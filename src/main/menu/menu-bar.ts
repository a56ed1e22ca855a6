import { Menu } from 'electron';
import { buildMenu } from './build-menu';
import type { Command } from './command';
import type { MenuItem } from './menu-item';

/** Keeps the system's menu bar as `read` describes it; returns what looks for a change. */
export function openMenuBar(read: () => MenuItem[], run: (command: Command) => void): (anew?: boolean) => void {
  let shown = '';
  const update = (anew = false) => {
    const items = read();
    const text = JSON.stringify(items);
    if (text === shown && !anew) return;
    shown = text;
    Menu.setApplicationMenu(buildMenu(items, run));
  };
  update();
  return update;
}
