import type { DestinationsStatus } from '../../shared/contract/destinations';
import type { HostStatus, Settings } from '../../shared/contract/host';
import type { Run } from '../../shared/runs/run';

/** What the app knows of its host; the tray, the menus and the notifications are made of it. */
export interface HostView {
  /** `lost`: the host of another process ended, or was killed; this app has none of its own. */
  readonly link: 'linking' | 'own' | 'attached' | 'lost';
  readonly pid: number | null;
  readonly status: HostStatus | null;
  readonly destinations: DestinationsStatus | null;
  readonly settings: Settings | null;
  /** The newest; null where there is none. */
  readonly lastRun: Run | null;
}

export const nothingKnown: HostView = {
  link: 'linking',
  pid: null,
  status: null,
  destinations: null,
  settings: null,
  lastRun: null,
};
