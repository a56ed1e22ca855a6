import { useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import { tileLines } from '../metric/tile-view';

/** Whether the window has metrics of more services than a small chart has lines; undefined while that is not known. */
export function useManyServices(): boolean | undefined {
  const time = useTimeRange();
  const { data, isError } = useQuery({
    queryKey: ['metric-services', time.key],
    retry: false,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      client.metrics.labelValues(
        { label: 'service_name', match: '{service_name!=""}', window: time.resolve() },
        { signal },
      ),
  });
  return isError ? true : data && data.total > tileLines;
}
