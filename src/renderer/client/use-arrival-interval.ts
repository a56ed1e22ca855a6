import { useHostStatus } from './use-host-status';

/**
 * When to ask again for what changes as items arrive: every `everyMs`, until an answer is `settledMs` newer than the last
 * item. For `refetchInterval`.
 */
export function useArrivalInterval(everyMs: number, settledMs: number) {
  const settledAt = (useHostStatus()?.ingest.lastReceivedAt ?? Number.NEGATIVE_INFINITY) + settledMs;
  return ({ state }: { state: { dataUpdatedAt: number } }) => (state.dataUpdatedAt > settledAt ? false : everyMs);
}
