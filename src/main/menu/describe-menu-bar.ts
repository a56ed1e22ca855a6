import type { HostView } from '../host/host-view';
import {
  backendItems,
  copyMenus,
  destinationItems,
  lastRunItems,
  openItems,
  powerItem,
  restartItem,
} from './describe-commands';
import { type MenuItem, separator } from './menu-item';

const pages: [title: string, path: string][] = [
  ['Overview', '/'],
  ['Traces', '/traces'],
  ['Logs', '/logs'],
  ['Metrics', '/metrics'],
  ['Runs', '/runs'],
  ['Findings', '/findings'],
  ['Stack', '/stack'],
  ['Destinations', '/destinations'],
  ['Connect', '/connect'],
];

/** The menu bar as plain data: what the tray offers, and the usual places of the system. */
export function describeMenuBar(view: HostView, platform: NodeJS.Platform): MenuItem[] {
  const mac = platform === 'darwin';
  const about: MenuItem = { kind: 'item', label: 'About Watchtower', command: { do: 'about' } };
  const updates: MenuItem = { kind: 'item', label: 'Check for updates…', command: { do: 'check-updates' } };
  const quit: MenuItem = {
    kind: 'item',
    label: mac ? 'Quit Watchtower' : 'Quit',
    command: { do: 'quit' },
    accelerator: 'CommandOrControl+Q',
  };
  const settings: MenuItem = {
    kind: 'item',
    label: 'Settings…',
    command: { do: 'open-panel', path: '/settings' },
    accelerator: 'CommandOrControl+,',
  };
  const appMenu: MenuItem = {
    kind: 'menu',
    label: 'Watchtower',
    items: [
      about,
      updates,
      separator,
      settings,
      separator,
      { kind: 'role', role: 'services' },
      separator,
      { kind: 'role', role: 'hide' },
      { kind: 'role', role: 'hideOthers' },
      { kind: 'role', role: 'unhide' },
      separator,
      quit,
    ],
  };
  return [
    ...(mac ? [appMenu] : []),
    {
      kind: 'menu',
      label: 'File',
      items: [
        ...openItems(view),
        ...lastRunItems(view),
        separator,
        { kind: 'role', role: 'close' },
        ...(mac ? [] : [settings, separator, quit]),
      ],
    },
    { kind: 'role', role: 'editMenu' },
    {
      kind: 'menu',
      label: 'Backend',
      items: [powerItem(view), restartItem(view), separator, ...backendItems(view)],
    },
    { kind: 'menu', label: 'Destinations', items: destinationItems(view) },
    { kind: 'menu', label: 'Connect', items: copyMenus(view) },
    {
      kind: 'menu',
      label: 'View',
      items: [
        ...pages.map(([label, path]): MenuItem => ({ kind: 'item', label, command: { do: 'open-panel', path } })),
        separator,
        { kind: 'role', role: 'reload' },
        { kind: 'role', role: 'resetZoom' },
        { kind: 'role', role: 'zoomIn' },
        { kind: 'role', role: 'zoomOut' },
        { kind: 'role', role: 'togglefullscreen' },
      ],
    },
    { kind: 'role', role: 'windowMenu' },
    {
      kind: 'menu',
      label: 'Help',
      items: [
        {
          kind: 'item',
          label: 'Save diagnostics…',
          command: { do: 'save-diagnostics' },
          enabled: view.status !== null,
        },
        ...(mac ? [] : [updates, separator, about]),
      ],
    },
  ];
}
