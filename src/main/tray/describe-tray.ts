import { describeBackend, type TrayState, trayStateOf } from '../host/describe-host-view';
import type { HostView } from '../host/host-view';
import {
  backendItems,
  copyMenus,
  destinationItems,
  lastRunItems,
  openItems,
  powerItem,
  problemItems,
} from '../menu/describe-commands';
import { type MenuItem, separator, tell } from '../menu/menu-item';

export interface TrayDescription {
  state: TrayState;
  tooltip: string;
  menu: readonly MenuItem[];
}

/** The tray as plain data. Rates are left out: what changes twice a second would wake the desktop's panel for nothing. */
export function describeTray(view: HostView): TrayDescription {
  const backend = describeBackend(view);
  const elsewhere = view.link === 'attached' ? [tell(`Run by another Watchtower (pid ${view.pid})`)] : [];
  return {
    state: trayStateOf(view),
    tooltip: describeTooltip(view),
    menu: [
      tell(backend),
      ...elsewhere,
      separator,
      powerItem(view),
      { kind: 'menu', label: 'Backend', items: backendItems(view), enabled: view.status !== null },
      separator,
      ...destinationItems(view),
      separator,
      ...copyMenus(view),
      separator,
      ...openItems(view),
      ...lastRunItems(view),
      separator,
      ...problemItems(view),
      { kind: 'item', label: 'Quit Watchtower', command: { do: 'quit' } },
    ],
  };
}

/** What runs, whether something fails, whether it leaves this machine. */
function describeTooltip(view: HostView): string {
  const backend = describeBackend(view);
  if (!view.status) return backend;
  const { cloud, problems } = view.status;
  return [
    `Watchtower: ${backend}`,
    ...(problems.length > 0 ? [problems.length === 1 ? '1 problem' : `${problems.length} problems`] : []),
    ...(cloud.enabled ? [`cloud ${cloud.state}`] : []),
  ].join(', ');
}
