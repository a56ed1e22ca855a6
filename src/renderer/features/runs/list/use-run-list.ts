import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { orpc } from '../../../client/contract-client';
import type { FeedState } from '../../../client/use-live-feed';
import { fedRuns, useRuns } from '../../../client/use-runs';

/** The contract's bound of one list. */
export const mostRuns = 1000;

interface RunList {
  /** Newest first; null until they are known. */
  runs: readonly Run[] | null;
  feed: FeedState;
  /** Why the older ones did not come. */
  error: unknown;
  /** Asks for those that are older than the feed tells; absent where all are here, or were asked for. */
  loadOlder?: (() => void) | undefined;
  loading: boolean;
  /** There may be more than can be listed. */
  full: boolean;
}

/** All runs: the newest as they are, older ones as they were when they were asked for. */
export function useRunList(): RunList {
  const { runs, feed } = useRuns();
  const [wantsOlder, setWantsOlder] = useState(false);
  const hasOlder = runs !== null && runs.length >= fedRuns;
  const older = useQuery(
    orpc.runs.list.queryOptions({ input: { limit: mostRuns }, enabled: wantsOlder && hasOlder, gcTime: 0 }),
  );
  const listed = older.data?.runs ?? [];
  const oldest = runs?.at(-1)?.startedAt ?? 0;
  const behind = hasOlder ? listed.filter(({ startedAt }) => startedAt < oldest) : [];
  return {
    runs: runs && [...runs, ...behind],
    feed,
    error: older.error,
    loadOlder: hasOlder && !older.data ? () => (older.isError ? void older.refetch() : setWantsOlder(true)) : undefined,
    loading: older.isFetching,
    full: listed.length >= mostRuns,
  };
}
