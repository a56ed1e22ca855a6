import { useState } from 'react';
import type { StackStatus } from '../../shared/contract/stack';
import { client } from './contract-client';
import { type FeedState, useLiveFeed } from './use-live-feed';

/** The Docker stack as it is, while the component is mounted; null until the first value has come. */
export function useStackStatus(): { stack: StackStatus | null; feed: FeedState } {
  const [stack, setStack] = useState<StackStatus | null>(null);
  const feed = useLiveFeed('stack.status', {
    open: (signal) => client.stack.status(undefined, { signal }),
    onValue: setStack,
  });
  return { stack, feed };
}
