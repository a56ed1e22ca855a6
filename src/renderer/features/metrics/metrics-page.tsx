import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { PageHeader } from '../../page/page-header';
import type { MetricsSearch } from '../../page/page-search';
import { TimeRangeControl } from '../../page/time-range-control';
import { keepTime } from '../../page/time-window';
import { useTimeRange } from '../../page/use-time-range';
import { Button } from '../../ui/controls/button';
import { SearchInput } from '../../ui/controls/search-input';
import { Select } from '../../ui/controls/select';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Badge } from '../../ui/marks/badge';
import { Spinner } from '../../ui/marks/spinner';
import { MetricExplorer } from './explorer/metric-explorer';
import { MetricBrowser } from './grid/metric-browser';
import { foldMetrics } from './metric/fold-metrics';
import { QueryBar } from './query/query-bar';

const route = getRouteApi('/metrics');
const types = ['counter', 'gauge', 'histogram', 'summary'];
const everyMs = 15_000;

/** Choose a metric, or ask in PromQL. */
export function MetricsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const [find, setFind] = useState('');
  const [type, setType] = useState('');
  const names = useQuery({
    queryKey: ['metric-names', time.key],
    queryFn: async ({ signal }) => foldMetrics(await client.metrics.names({ window: time.resolve() }, { signal })),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
  const update = (patch: Partial<MetricsSearch>) =>
    void navigate({ to: '/metrics', search: (before) => ({ ...before, ...patch }) });
  const metric = names.data?.find(({ name }) => name === search.metric);
  const browsing = search.metric === undefined && search.q === undefined;

  return (
    <>
      <PageHeader title="Metrics">
        {browsing ? (
          <>
            <SearchInput
              aria-label="Find a metric"
              placeholder="Name, unit or description"
              pageSearch
              className="w-72"
              value={find}
              onChange={setFind}
            />
            <Select
              label="Type"
              className="w-32"
              value={type}
              onChange={setType}
              options={[{ value: '', label: 'All types' }, ...types.map((each) => ({ value: each, label: each }))]}
            />
          </>
        ) : (
          <>
            <Button size="sm" tone="quiet" render={<Link to="/metrics" search={keepTime} />}>
              <ChevronLeft size={14} aria-hidden />
              All metrics
            </Button>
            {search.metric && (
              <code className="min-w-0 truncate font-mono text-sm font-medium">{showPlainText(search.metric)}</code>
            )}
            {metric && <Badge>{metric.type || 'unknown'}</Badge>}
            {metric?.unit && <Badge>{showPlainText(metric.unit)}</Badge>}
            {metric?.help && (
              <span className="hidden min-w-0 flex-1 truncate text-muted min-[900px]:block">
                {showPlainText(metric.help)}
              </span>
            )}
          </>
        )}
        <span className="ml-auto" />
        <TimeRangeControl />
        {browsing && <QueryBar query="" problem={null} onSubmit={(q) => q && update({ q })} />}
      </PageHeader>
      {names.isError && (
        <div className="p-4">
          <ProblemCard problem={describeError(names.error)} />
        </div>
      )}
      {names.isPending && (
        <div className="p-4">
          <Spinner />
        </div>
      )}
      {names.data &&
        (browsing ? (
          <MetricBrowser metrics={names.data} find={find} type={type} />
        ) : (
          <MetricExplorer
            key={search.metric ?? ''}
            metric={metric ?? (search.metric ? { name: search.metric, type: 'unknown', unit: '', help: '' } : null)}
            query={search.q}
            service={search.service}
            onAllServices={() => update({ service: undefined })}
            onQuery={(q) => update({ q })}
          />
        ))}
    </>
  );
}
