import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { useTimeRange } from '../../../page/use-time-range';
import { chooseStep } from '../../../ui/charts/choose-step';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { RefusedQuery } from '../../../ui/layout/refused-query';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';
import { defaultView, labelSource, type Metric, metricViews, serviceLabel } from '../metric/metric-views';
import { rateRange } from '../metric/rate-range';
import { QueryBar } from '../query/query-bar';
import { useMetricQuery } from '../query/use-metric-query';
import { MetricChart } from './metric-chart';

interface MetricExplorerProps {
  /** Null for a query of its own. */
  metric: Metric | null;
  /** PromQL of the URL; absent means the chosen view of the metric. */
  query: string | undefined;
  /** Whose series the views show; absent means those of all. */
  service: string | undefined;
  onAllServices: () => void;
  onQuery: (query: string | undefined) => void;
}

/** One metric through the questions of its type, or any PromQL. */
export function MetricExplorer({ metric, query: asked, service, onAllServices, onQuery }: MetricExplorerProps) {
  const time = useTimeRange();
  const [viewId, setViewId] = useState<string | null>(null);
  const source = metric ? labelSource(metric) : '';
  const labels = useQuery({
    queryKey: ['metric-labels', source, time.key],
    enabled: metric !== null,
    queryFn: ({ signal }) => client.metrics.labels({ metric: source, window: time.resolve() }, { signal }),
    staleTime: 60_000,
    retry: false,
  });
  const range = metric ? rateRange(metric, chooseStep(time.resolve())) : '';
  const views = metric && !labels.isPending ? metricViews(metric, labels.data ?? [], range, service) : [];
  const isNarrowed = service !== undefined && asked === undefined && serviceLabel(labels.data ?? []) !== undefined;
  const view = views.find(({ id }) => id === viewId) ?? defaultView(views);
  const query = asked ?? view?.query ?? '';
  const unit = asked === undefined ? (view?.unit ?? '') : '';
  const answer = useMetricQuery(query);
  const problem = answer.isError ? describeError(answer.error) : null;
  const refused = problem?.kind === 'query' ? problem : null;
  const custom = 'custom';

  return (
    <>
      <div className="flex shrink-0 flex-wrap items-start gap-2 border-b border-line bg-surface px-4 py-2">
        {views.length > 0 && (
          <Tabs
            label="View"
            look="segment"
            value={asked === undefined ? (view?.id ?? custom) : custom}
            onChange={(next) => {
              setViewId(next);
              onQuery(undefined);
            }}
            tabs={[
              ...views.map(({ id, label }) => ({ value: id, label })),
              ...(asked === undefined ? [] : [{ value: custom, label: 'Own query' }]),
            ]}
          />
        )}
        {isNarrowed && (
          <Button onClick={onAllServices} title="Show all services">
            <ServiceDot service={service} className="max-w-48" />
            <X size={13} className="text-faint" aria-hidden />
            <span className="sr-only">only; show all services</span>
          </Button>
        )}
        <div className="min-w-80 flex-1 basis-[28rem]">
          <QueryBar
            query={query}
            problem={refused}
            onSubmit={(next) => onQuery(next === '' || next === view?.query ? undefined : next)}
          />
        </div>
      </div>
      {problem && !refused && (
        <div className="p-4">
          <ProblemCard problem={problem} />
        </div>
      )}
      {refused ? (
        <RefusedQuery language="PromQL" query={query} problem={refused} onChoose={onQuery} />
      ) : answer.data && !problem ? (
        <MetricChart
          answer={answer.data}
          unit={unit}
          title={asked === undefined && view ? view.label : 'Query'}
          hasExemplarValues={asked === undefined && view?.hasExemplarValues === true}
        />
      ) : (
        !problem && (
          <div className="p-4">
            <Spinner />
          </div>
        )
      )}
    </>
  );
}
