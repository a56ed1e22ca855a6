import { useState } from 'react';
import type { BackendStatus, ServicesBackend } from '../../shared/contract/backend';
import { client } from './contract-client';
import { type FeedState, useLiveFeed } from './use-live-feed';

export interface StackFeed {
  /** Null until the first value has come. */
  stack: BackendStatus | null;
  feed: FeedState;
}

/** The services of a backend as they are, while the component is mounted and they are wanted. */
export function useStackStatus(backend: ServicesBackend, wanted: boolean): StackFeed {
  const [stack, setStack] = useState<BackendStatus | null>(null);
  const feed = useLiveFeed(`backend.status ${backend}`, {
    enabled: wanted,
    open: (signal) => client.backend.status({ backend }, { signal }),
    onValue: setStack,
  });
  return { stack, feed };
}
