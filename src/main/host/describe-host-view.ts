import { backendNames, backendWords } from '../../shared/backend-names';
import type { HostView } from './host-view';

/** What the tray's icon shows. */
export type TrayState = 'stopped' | 'starting' | 'ready' | 'attention' | 'error';

/** The state in one of five, for the icon. */
export function trayStateOf({ link, status }: HostView): TrayState {
  if (link === 'linking') return 'starting';
  if (!status) return link === 'lost' ? 'stopped' : 'starting';
  switch (status.state) {
    case 'failed':
      return 'error';
    case 'stopped':
    case 'stopping':
      return 'stopped';
    case 'starting':
      return 'starting';
    default:
      return status.state === 'degraded' || status.problems.length > 0 ? 'attention' : 'ready';
  }
}

/** `Embedded engine: running`, or why nothing is known of a backend. */
export function describeBackend({ link, status }: HostView): string {
  if (status) return `${backendNames[status.backend]}: ${backendWords[status.state]}`;
  return link === 'lost' ? 'Watchtower ended elsewhere' : 'Watchtower is starting';
}
