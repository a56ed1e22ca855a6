import { useQuery } from '@tanstack/react-query';
import { client } from './contract-client';
import { useArrivalInterval } from './use-arrival-interval';
import { useHostStatus } from './use-host-status';

export const servicesWindowMs = 5 * 60_000;
/** Of the window, each is told what came in it. */
export const servicesParts = 30;

/**
 * What each service sent in the last five minutes, one answer for all who show it, renewed as often as the most impatient of
 * them wants. While nothing arrives, and what came has left the window, it is not asked for again.
 */
export function useServices(everyMs: number) {
  const status = useHostStatus();
  const refetchInterval = useArrivalInterval(everyMs, servicesWindowMs);
  return useQuery({
    queryKey: ['services'],
    enabled: status !== null,
    queryFn: ({ signal }) => {
      const to = Date.now();
      return client.services.list({ window: { from: to - servicesWindowMs, to }, parts: servicesParts }, { signal });
    },
    refetchInterval,
  });
}

/** The same by spans alone, once, until the whole answer is there: lines are counted in seconds where there are many. */
export function useServicesBySpans(isWanted: boolean) {
  return useQuery({
    queryKey: ['services.first'],
    enabled: isWanted,
    queryFn: ({ signal }) => {
      const to = Date.now();
      const window = { from: to - servicesWindowMs, to };
      return client.services.list({ window, parts: servicesParts, spansOnly: true }, { signal });
    },
    retry: false,
  });
}
