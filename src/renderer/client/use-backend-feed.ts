import type { HostStatus } from '../../shared/contract/host';
import { useHostStatus } from './use-host-status';
import type { FeedState } from './use-live-feed';

/**
 * A feed of telemetry as it stands for a reader: the host keeps one open while the backend behind it is away. `api`: which of the backend's it
 * comes from, where it is one alone.
 */
export function useBackendFeed(feed: FeedState, api?: 'tempo' | 'loki'): FeedState {
  const status = useHostStatus();
  if (!status || feed.kind === 'off' || feed.kind === 'refused') return feed;
  const state = standOf(status, api);
  if (state === 'down') return { kind: 'resting' };
  return state === 'starting' && feed.kind === 'live' ? { kind: 'reconnecting' } : feed;
}

function standOf({ state, services }: HostStatus, api: 'tempo' | 'loki' | undefined): 'up' | 'starting' | 'down' {
  if (state === 'failed' || state === 'stopped' || state === 'stopping') return 'down';
  if (state === 'starting') return 'starting';
  return services.find(({ name }) => name === api)?.state ?? 'up';
}
