import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { metricsQuery } from '../../../../shared/trace-query/metrics-query';
import { client } from '../../../client/contract-client';
import type { HeatCells } from '../../../ui/charts/heat-cells';
import { heatOf, type PictureColumns, readColumns } from './picture-columns';
import { pictureStep } from './picture-step';

export interface LatencyPicture {
  /** Aligned to steps, Unix milliseconds. */
  from: number;
  to: number;
  /** Seconds. */
  step: number;
  columns: PictureColumns;
  heat: HeatCells;
  spans: number;
  errors: number;
  /** When all of it was asked for, Unix milliseconds. */
  wholeAt: number;
}

const everyMs = 5000;
/** Spans arrive when they end: those that are longer are seen when the whole is asked for again. */
const lateMs = 60_000;
const wholeEveryMs = 60_000;

export const durationStage = 'histogram_over_time(duration)';
const statusStage = 'count_over_time() by (status)';

/** How long the spans of a query took over the window, how many there were and how many failed. Follows a window that moves by its newest columns. */
export function useLatencyPicture(
  query: string,
  windowKey: string,
  resolveWindow: () => TimeWindow,
  { enabled, follows }: { enabled: boolean; follows: boolean },
) {
  const queries = useQueryClient();
  const queryKey = ['latency-picture', query, windowKey];
  return useQuery<LatencyPicture>({
    queryKey,
    enabled,
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<LatencyPicture>(queryKey);
      return askPicture(query, resolveWindow(), follows ? known : undefined, signal);
    },
    refetchInterval: follows ? everyMs : false,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

async function askPicture(
  query: string,
  window: TimeWindow,
  known: LatencyPicture | undefined,
  signal: AbortSignal,
): Promise<LatencyPicture> {
  const step = pictureStep(window);
  const stepMs = 1000 * step;
  const [from, to] = [Math.floor(window.from / stepMs) * stepMs, Math.ceil(window.to / stepMs) * stepMs];
  const now = Date.now();
  const goesOn = known?.step === step && known.from <= from && known.to > from && now - known.wholeAt < wholeEveryMs;
  const askedFrom = goesOn ? Math.max(from, Math.floor((known.to - lateMs) / stepMs) * stepMs) : from;
  const asked = { from: askedFrom, to };
  const [durations, statuses] = await Promise.all(
    [durationStage, statusStage].map((stage) =>
      client.traces.aggregateRange({ query: metricsQuery(query, stage), window: asked, step }, { signal }),
    ),
  );
  const newest = readColumns(durations!.series, statuses!.series, askedFrom, to);
  const before = goesOn ? [...known.columns].filter(([end]) => end > from && end <= askedFrom) : [];
  const columns = new Map([...before, ...newest]);
  const all = [...columns.values()];
  return {
    ...{ from, to, step, columns, heat: heatOf(columns, from, to, stepMs) },
    spans: all.reduce((sum, column) => sum + column.spans, 0),
    errors: all.reduce((sum, column) => sum + column.errors, 0),
    wholeAt: goesOn ? known.wholeAt : now,
  };
}
