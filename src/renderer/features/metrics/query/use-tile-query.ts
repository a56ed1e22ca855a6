import { useQuery } from '@tanstack/react-query';
import type { Series, TimeWindow } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';
import { drawQuantiles } from './draw-quantiles';
import { tileLane } from './tile-lane';

export interface TileAnswer {
  window: TimeWindow;
  /** Seconds. */
  step: number;
  series: Series[];
  warnings: string[];
}

/** Points of a small chart. */
export const tilePoints = 80;
const leastRefreshMs = 15_000;

/** The series of a small chart; given up when it is scrolled out of view before its turn. */
export function useTileQuery(query: string) {
  const time = useTimeRange();
  return useQuery<TileAnswer>({
    queryKey: ['metric-tile', query, time.key],
    enabled: query !== '',
    placeholderData: (before: TileAnswer | undefined, asked) => (asked?.queryKey[1] === query ? before : undefined),
    retry: false,
    staleTime: leastRefreshMs,
    refetchInterval: (state) =>
      'since' in time.range ? Math.max(leastRefreshMs, (state.state.data?.step ?? 0) * 1000) : false,
    queryFn: ({ signal }) =>
      tileLane.run(signal, async () => {
        const window = time.resolve();
        const step = chooseStep(window, tilePoints);
        const answer = await client.metrics.queryRange({ query, window: alignWindow(window, step), step }, { signal });
        return { window, step, series: drawQuantiles(answer.series), warnings: answer.warnings };
      }),
  });
}
