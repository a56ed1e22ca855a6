import { useMemo } from 'react';
import type { HostStatus } from '../../../shared/contract/host';
import { useNow } from '../../client/use-now';
import { resolveTimeRange } from '../time-window';
import { useTimeRange } from '../use-time-range';
import { whyNotAnswered } from '../why-not-answered';
import { columnStep, longestKept, storeExtent } from './store-extent';
import { useOldest } from './use-oldest';
import { useStoreVolume } from './use-store-volume';

/** So often it moves on with the time: what it tells is days or hours. */
const everyMs = 15_000;

/** How much is kept over all the time that something is kept, and the page's window as it is now. */
export function useKeptVolume(signal: 'spans' | 'lines', status: HostStatus, enabled: boolean) {
  const { range, key } = useTimeRange();
  const now = useNow(everyMs);
  const isAsked = enabled && whyNotAnswered(status, signal === 'spans' ? 'traces' : 'logs') === null;
  const happened = useOldest(signal, longestKept(status), isAsked);
  // A window that was just chosen may end after the last tick of the clock.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another window is looked at from its own moment
  const at = useMemo(() => Math.max(now, Date.now()), [now, key]);
  const chosen = resolveTimeRange(range, at);
  const extent = storeExtent(status, chosen, at, happened);
  return { chosen, extent, volume: useStoreVolume(signal, extent, columnStep(extent), isAsked) };
}
