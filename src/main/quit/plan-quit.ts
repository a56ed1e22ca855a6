import type { HostView } from '../host/host-view';

/** `ask`: a backend that outlives the app runs, and nobody said yet what becomes of it. `end` leaves it running. */
export type QuitPlan = 'end' | 'stop' | 'ask';

/** What quitting does. The host of another process goes on in any case. */
export function planQuit({ link, status, settings }: HostView): QuitPlan {
  if (link !== 'own' || !status?.capabilities.outlivesHost || !status.capabilities.lifecycle) return 'end';
  if (status.services.every(({ state }) => state === 'down')) return 'end';
  const chosen = settings?.desktop.onQuit ?? 'ask';
  return chosen === 'leave' ? 'end' : chosen;
}
