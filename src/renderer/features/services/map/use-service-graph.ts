import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { askFirst } from '../../../client/loading/first-answer';
import { useHostStatus } from '../../../client/use-host-status';
import { useTimeRange } from '../../../page/use-time-range';
import { whyNotAnswered } from '../../../page/why-not-answered';

const everyMs = 10_000;
const mostEdges = 1000;

/**
 * The calls of the time window and what each service sent; `withoutCalls` is why the calls are not known. Lines are counted where the
 * table is shown, or where there are no spans: the map does not wait for them.
 */
export function useServiceGraph(table: boolean) {
  const time = useTimeRange();
  const status = useHostStatus();
  const interval = useArrivalInterval(everyMs, 2 * everyMs);
  const refetchInterval = 'since' in time.range ? interval : (false as const);
  const lacks = status && whyNotAnswered(status, 'metrics');
  const services = useQuery({
    queryKey: ['services.spans', time.key],
    queryFn: async ({ signal }) => {
      const window = time.resolve();
      return { window, ...(await askFirst(() => client.services.list({ window, spansOnly: true }, { signal }))) };
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: false,
  });
  const withoutSpans = services.data?.services.length === 0;
  const counted = useQuery({
    queryKey: ['services.list', time.key],
    enabled: table || withoutSpans,
    queryFn: async ({ signal }) => {
      const window = time.resolve();
      return { window, ...(await client.services.list({ window }, { signal })) };
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: false,
  });
  const graph = useQuery({
    queryKey: ['services.graph', time.key],
    enabled: lacks === null,
    queryFn: ({ signal }) => client.services.graph({ window: time.resolve(), limit: mostEdges }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: false,
  });
  const bySpans = withoutSpans ? undefined : services.data;
  const data = (table || withoutSpans ? counted.data : undefined) ?? bySpans;
  return { data, error: services.error ?? counted.error, graph, withoutCalls: lacks ?? null };
}
