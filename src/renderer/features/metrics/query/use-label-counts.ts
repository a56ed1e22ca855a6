import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';

/** Labels of the series that a selector matches, with how many values each has; nothing is asked for an empty one. */
export function useLabelCounts(match: string) {
  const time = useTimeRange();
  return useQuery({
    queryKey: ['metric-labels', match, time.key],
    enabled: match !== '',
    queryFn: ({ signal }) => client.metrics.labelCounts({ match, window: time.resolve() }, { signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
