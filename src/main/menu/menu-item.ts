import type { Command } from './command';

/** A menu as plain data. Items without a command only tell something. */
export type MenuItem =
  | { kind: 'item'; label: string; command?: Command; enabled?: boolean; accelerator?: string }
  /** A switch that shows whether it is on. */
  | { kind: 'check' | 'radio'; label: string; command: Command; checked: boolean; enabled?: boolean }
  | { kind: 'menu'; label: string; items: readonly MenuItem[]; enabled?: boolean }
  /** One of the items that the system or Chromium knows, with its own label and keys. */
  | { kind: 'role'; role: MenuRole; label?: string }
  | { kind: 'separator' };

type MenuRole =
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'undo'
  | 'redo'
  | 'reload'
  | 'zoomIn'
  | 'zoomOut'
  | 'resetZoom'
  | 'togglefullscreen'
  | 'minimize'
  | 'close'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'services'
  | 'front'
  | 'editMenu'
  | 'windowMenu';

export const separator: MenuItem = { kind: 'separator' };

export function tell(label: string): MenuItem {
  return { kind: 'item', label, enabled: false };
}
