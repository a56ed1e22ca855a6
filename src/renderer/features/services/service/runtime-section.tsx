import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { afterFirst } from '../../../client/loading/first-answer';
import { useHostStatus } from '../../../client/use-host-status';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { whyNotAnswered } from '../../../page/why-not-answered';
import { alignSeries } from '../../../ui/charts/align-series';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';
import { Button } from '../../../ui/controls/button';
import { type RuntimeChart, runtimeCharts, runtimeNames } from './runtime-metrics';
import { TimeLines } from './time-lines';

const everyMs = 15_000;
const shownFirst = 6;
const leastRangeSeconds = 60;

/** Heap, collector, event loop, processor and threads as the service's SDK tells them; nothing where it tells none. */
export function RuntimeSection({ service }: { service: string }) {
  const time = useTimeRange();
  const status = useHostStatus();
  const [all, setAll] = useState(false);
  const lacks = status && whyNotAnswered(status, 'metrics');
  const found = useQuery({
    queryKey: ['service.runtime', service, time.key],
    enabled: lacks === null,
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const { from, to } = time.resolve();
      const range = `${Math.max(1, Math.ceil((to - from) / 1000))}s`;
      const series = `{service_name=${JSON.stringify(service)}, __name__=~${JSON.stringify(runtimeNames)}}`;
      const query = `count by (__name__) (last_over_time(${series}[${range}]))`;
      const answer = await client.metrics.query({ query, at: to }, { signal });
      return answer.series.flatMap(({ labels }) => labels.__name__ ?? []).sort();
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!found.data || found.data.length === 0) return null;
  const { from, to } = time.resolve();
  const range = Math.max(leastRangeSeconds, 4 * chooseStep({ from, to }));
  const charts = runtimeCharts(found.data, service, range);
  const shown = all ? charts : charts.slice(0, shownFirst);
  return (
    <section aria-label="Runtime" className="grid gap-2">
      <header className="flex items-center justify-between gap-3">
        <h2 className="text-sm font-semibold">Runtime</h2>
        {charts.length > shown.length && (
          <Button size="sm" tone="quiet" onClick={() => setAll(true)}>
            {charts.length - shown.length} more
          </Button>
        )}
      </header>
      <div className="grid gap-4 min-[960px]:grid-cols-3">
        {shown.map((chart) => (
          <RuntimeLine key={chart.metric} chart={chart} service={service} />
        ))}
      </div>
    </section>
  );
}

function RuntimeLine({ chart, service }: { chart: RuntimeChart; service: string }) {
  const time = useTimeRange();
  const interval = useArrivalInterval(everyMs, everyMs);
  const answer = useQuery({
    queryKey: ['service.runtime.chart', service, chart.metric, time.key],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const asked = time.resolve();
      const step = chooseStep(asked);
      const window = alignWindow(asked, step);
      const { series } = await client.metrics.queryRange({ query: chart.query, window, step }, { signal });
      return { window, ...alignSeries(series.slice(0, 1), step) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  const { window, times, columns } = answer.data ?? { window: time.resolve(), times: [], columns: [] };
  return (
    <TimeLines
      title={chart.title}
      unit={chart.unit}
      window={window}
      times={times}
      className="h-28"
      lines={[{ name: 'all instances', colour: 'var(--color-accent)', values: columns[0] ?? [] }]}
      aside={
        answer.isError ? (
          'did not answer'
        ) : (
          <Link
            to="/metrics"
            search={(before) => ({ ...keepTime(before), metric: chart.metric, service })}
            className="text-accent underline-offset-2 hover:underline"
          >
            metric
          </Link>
        )
      }
    />
  );
}
