import { useState } from 'react';
import type { Run } from '../../shared/runs/run';
import { client } from './contract-client';
import { type FeedState, useLiveFeed } from './use-live-feed';

/** As many runs as the feed tells. */
export const fedRuns = 200;

/** The newest runs as they are, newest first, while the component is mounted; null until they are known. */
export function useRuns(): { runs: readonly Run[] | null; feed: FeedState } {
  const [runs, setRuns] = useState<readonly Run[] | null>(null);
  const feed = useLiveFeed('runs.feed', {
    open: (signal) => client.runs.feed(undefined, { signal }),
    onValue: (value) => setRuns(value.runs),
  });
  return { runs, feed };
}
