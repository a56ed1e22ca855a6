import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Command } from './command';
import type { MenuItem } from './menu-item';

/** The system's menu of plain data. */
export function buildMenu(items: readonly MenuItem[], run: (command: Command) => void): Menu {
  const toOptions = (item: MenuItem): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'role':
        return { role: item.role, ...(item.label && { label: item.label }) };
      case 'menu':
        return { label: literal(item.label), submenu: item.items.map(toOptions), enabled: item.enabled ?? true };
      case 'item': {
        const { command, accelerator } = item;
        return {
          label: literal(item.label),
          enabled: item.enabled ?? true,
          ...(accelerator && { accelerator }),
          ...(command && { click: () => run(command) }),
        };
      }
      default: {
        const { command } = item;
        const type = item.kind === 'check' ? 'checkbox' : 'radio';
        return {
          type,
          label: literal(item.label),
          checked: item.checked,
          enabled: item.enabled ?? true,
          click: () => run(command),
        };
      }
    }
  };
  return Menu.buildFromTemplate(items.map(toOptions));
}

/** Names of destinations and messages come from elsewhere: a single ampersand would mark a key. */
function literal(label: string): string {
  return label.replaceAll('&', '&&');
}
