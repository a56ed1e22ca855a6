import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Exemplar, Series, TimeWindow } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import { useTimeRange } from '../../../page/use-time-range';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';
import { drawQuantiles } from './draw-quantiles';
import { windowBefore } from './window-before';

export type MetricExemplar = z.infer<typeof Exemplar>;

export interface MetricAnswer {
  window: TimeWindow;
  /** Seconds. */
  step: number;
  series: Series[];
  /** As the backend gave them: whole histograms, where these are the answer. */
  raw: Series[];
  /** Those of the window before, at the times of this one; empty where they were not asked for. */
  before: Series[];
  warnings: string[];
  /** How what is drawn stands for the answer, where it is not the answer itself. */
  note: string;
  exemplars: MetricExemplar[];
}

const leastRefreshMs = 2000;
/** More points than this hide the lines. */
const shownExemplars = 200;

/** The series of a PromQL query over the window of the URL, with the exemplars of what it selects. */
export function useMetricQuery(query: string, { compared = false }: { compared?: boolean } = {}) {
  const time = useTimeRange();
  return useQuery<MetricAnswer>({
    queryKey: ['metric', query, time.key, compared],
    enabled: query !== '',
    // Of another question, the answer before would stand under the wrong title and unit.
    placeholderData: (before: MetricAnswer | undefined, asked) => (asked?.queryKey[1] === query ? before : undefined),
    retry: false,
    refetchInterval: (state) =>
      'since' in time.range ? Math.max(leastRefreshMs, (state.state.data?.step ?? 0) * 1000) : false,
    queryFn: async ({ signal }) => {
      const window = time.resolve();
      const step = chooseStep(window);
      const aligned = alignWindow(window, step);
      const [answer, before, exemplars] = await Promise.all([
        client.metrics.queryRange({ query, window: aligned, step }, { signal }),
        compared ? seriesBefore(query, aligned, step, signal) : [],
        // Exemplars are an extra: a query that cannot have any still has its lines.
        client.metrics.exemplars({ query, window }, { signal }).catch((): MetricExemplar[] => []),
      ]);
      const { series, warnings } = answer;
      const hasHistograms = series.some(({ histograms }) => histograms !== undefined);
      return {
        window,
        step,
        series: drawQuantiles(series),
        raw: series,
        before: drawQuantiles(before),
        warnings,
        note: hasHistograms ? 'Histograms are drawn as their quantiles 0.5, 0.95 and 0.99.' : '',
        exemplars: exemplars.slice(-shownExemplars),
      };
    },
  });
}

async function seriesBefore(query: string, window: TimeWindow, step: number, signal: AbortSignal): Promise<Series[]> {
  const { series } = await client.metrics.queryRange({ query, window: windowBefore(window), step }, { signal });
  const later = (window.to - window.from) / 1000;
  const shift = <Sample>([time, value]: [number, Sample]): [number, Sample] => [time + later, value];
  return series.map(({ labels, values, histograms }) => ({
    labels,
    values: values.map(shift),
    ...(histograms && { histograms: histograms.map(shift) }),
  }));
}
