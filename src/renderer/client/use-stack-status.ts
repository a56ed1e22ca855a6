import { useState } from 'react';
import type { BackendStatus, ServicesBackend } from '../../shared/contract/backend';
import { client } from './contract-client';
import { type FeedState, useLiveFeed } from './use-live-feed';

/** The services of a backend as they are, while the component is mounted; null until the first value has come. */
export function useStackStatus(backend: ServicesBackend): { stack: BackendStatus | null; feed: FeedState } {
  const [stack, setStack] = useState<BackendStatus | null>(null);
  const feed = useLiveFeed(`backend.status ${backend}`, {
    open: (signal) => client.backend.status({ backend }, { signal }),
    onValue: setStack,
  });
  return { stack, feed };
}
