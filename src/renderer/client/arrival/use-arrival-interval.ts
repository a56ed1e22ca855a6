import { useHostStatus } from '../use-host-status';

/**
 * When to ask again for what changes as items arrive: every `everyMs`, until an answer is `settledMs` newer than the last
 * item. Where it is not known what arrives, or the last question failed, always. For `refetchInterval`.
 */
export function useArrivalInterval(everyMs: number, settledMs: number) {
  const status = useHostStatus();
  const isCounted = status?.capabilities.ingest ?? true;
  const last = isCounted ? (status?.ingest.lastReceivedAt ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const settledAt = last + settledMs;
  return ({ state }: { state: { status: string; dataUpdatedAt: number } }) =>
    state.status !== 'error' && state.dataUpdatedAt > settledAt ? false : everyMs;
}
