import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ServiceActivity } from '../../shared/contract/services';
import { useArrivalInterval } from './arrival/use-arrival-interval';
import { client } from './contract-client';
import { afterFirst, askFirst } from './loading/first-answer';
import { useHostStatus } from './use-host-status';

export const servicesWindowMs = 5 * 60_000;
/** Of the window, each is told what came in it. */
export const servicesParts = 30;

/**
 * What each service sent in the last five minutes, one answer for all who show it, renewed as often as the most impatient of
 * them wants. While nothing arrives, and what came has left the window, it is not asked for again. `bySpans` is what spans alone tell,
 * which may be there before lines are counted.
 */
export function useServices(everyMs: number) {
  const status = useHostStatus();
  const refetchInterval = useArrivalInterval(everyMs, servicesWindowMs);
  const enabled = status !== null;
  const spans = useQuery({
    queryKey: ['services', 'spans'],
    enabled,
    queryFn: ({ signal }) =>
      askFirst(() => client.services.list({ window: lately(), parts: servicesParts, spansOnly: true }, { signal })),
    refetchInterval,
  });
  const others = useQuery({
    queryKey: ['services', 'others'],
    enabled,
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      return client.services.list({ window: lately(), withoutSpans: true }, { signal });
    },
    refetchInterval,
  });
  const data = useMemo(
    () => spans.data && others.data && mergeServices(spans.data, others.data),
    [spans.data, others.data],
  );
  return {
    data,
    bySpans: spans.data,
    isPending: spans.isPending || others.isPending,
    error: spans.error ?? others.error,
  };
}

function lately() {
  const to = Date.now();
  return { from: to - servicesWindowMs, to };
}

interface Listed {
  readonly services: readonly ServiceActivity[];
  readonly missing: readonly ('traces' | 'logs' | 'metrics')[];
}

/** One answer of two: of the first what spans say of each service, of the other its lines and metrics. */
function mergeServices(
  bySpans: Listed,
  others: Listed,
): { services: ServiceActivity[]; missing: ('traces' | 'logs' | 'metrics')[] } {
  const services = new Map(others.services.map((service) => [service.name, service]));
  for (const service of bySpans.services) {
    const { logs, errorLogs, metrics } = services.get(service.name) ?? service;
    services.set(service.name, { ...service, logs, errorLogs, metrics });
  }
  return {
    services: [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    missing: [...new Set([...bySpans.missing, ...others.missing])],
  };
}
