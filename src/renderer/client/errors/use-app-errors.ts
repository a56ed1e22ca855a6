import { useQuery } from '@tanstack/react-query';
import { useArrivalInterval } from '../arrival/use-arrival-interval';
import { client } from '../contract-client';
import { afterFirst } from '../loading/first-answer';
import { useHostStatus } from '../use-host-status';

/** As long as the time window is unless somebody chooses another. */
export const appErrorsWindowMs = 15 * 60_000;
const everyMs = 5000;

/**
 * How many errors of applications occurred in the last quarter of an hour that nobody muted, one answer for all who show it; undefined while that
 * is not known.
 */
export function useAppErrors() {
  const status = useHostStatus();
  const refetchInterval = useArrivalInterval(everyMs, appErrorsWindowMs);
  return useQuery({
    queryKey: ['errors.count'],
    enabled: status !== null && (status.capabilities.traces || status.capabilities.logs),
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const to = Date.now();
      return client.errors.count({ window: { from: to - appErrorsWindowMs, to } }, { signal });
    },
    refetchInterval,
    retry: false,
  }).data;
}
