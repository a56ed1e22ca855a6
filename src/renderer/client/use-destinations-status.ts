import { useState } from 'react';
import type { DestinationsStatus } from '../../shared/contract/destinations';
import { client } from './contract-client';
import { type FeedState, useLiveFeed } from './use-live-feed';

/** Destinations and redaction as they are, while the component is mounted; null until the first value has come. */
export function useDestinationsStatus(): { status: DestinationsStatus | null; feed: FeedState } {
  const [status, setStatus] = useState<DestinationsStatus | null>(null);
  const feed = useLiveFeed('destinations.status', {
    open: (signal) => client.destinations.status(undefined, { signal }),
    onValue: setStatus,
  });
  return { status, feed };
}
