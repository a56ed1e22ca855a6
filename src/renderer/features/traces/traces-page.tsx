import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Activity, Terminal } from 'lucide-react';
import { PageHeader } from '../../app/page-header';
import type { TracesSearch } from '../../app/page-search';
import { TimeRangeControl } from '../../app/time-range-control';
import { useTimeRange } from '../../app/use-time-range';
import { client } from '../../client/contract-client';
import { curlCommand } from '../../client/curl-command';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { useHostStatus } from '../../client/use-host-status';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { EmptyState } from '../../ui/empty-state';
import { HealthMark } from '../../ui/health-mark';
import { ProblemCard } from '../../ui/problem-card';
import { QueryInput } from '../../ui/query-input';
import { Spinner } from '../../ui/spinner';
import { Tabs } from '../../ui/tabs';
import { buildTraceQuery } from './build-trace-query';
import { TraceFilterBar } from './trace-filter-bar';
import { TraceList } from './trace-list';
import { useTraceStream } from './use-trace-stream';

const route = getRouteApi('/traces');
const limit = 200;

export function TracesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const host = useHostStatus();
  const live = search.live ?? true;
  const query = search.q ?? buildTraceQuery(search);

  const update = (change: Partial<TracesSearch>) =>
    void navigate({ to: '/traces', search: (before) => ({ ...before, ...change }), replace: true });

  const stream = useTraceStream(query, live);
  const found = useQuery({
    queryKey: ['traces.search', query, time.key],
    queryFn: ({ signal }) => client.traces.search({ query, window: time.resolve(), limit }, { signal }),
    enabled: !live,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const traces = live ? stream.traces : (found.data?.traces ?? []);
  const problem = live
    ? stream.feed.kind === 'refused'
      ? stream.feed.problem
      : null
    : found.error
      ? describeError(found.error)
      : null;
  const curl = () => curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', '/api/search', { q: query, limit });

  return (
    <>
      <PageHeader title="Traces">
        <Tabs
          label="Live or search"
          look="segment"
          value={live ? 'live' : 'search'}
          onChange={(mode) => update({ live: mode === 'live' ? undefined : false })}
          tabs={[
            { value: 'live', label: <LiveLabel state={stream.feed.kind} /> },
            { value: 'search', label: 'Search' },
          ]}
        />
        <div className="min-w-60 flex-1">
          <QueryInput
            label="TraceQL"
            pageSearch
            value={query}
            problem={problem?.kind === 'query' ? problem : null}
            onSubmit={(next) => update({ q: next === buildTraceQuery(search) ? undefined : next || undefined })}
          >
            {search.q !== undefined && (
              <Button tone="quiet" onClick={() => update({ q: undefined })}>
                Back to the filters
              </Button>
            )}
            <CopyButton text={curl} what="this search as curl" label="curl" size="md" />
          </QueryInput>
        </div>
        {!live && <TimeRangeControl />}
      </PageHeader>
      <div className="flex flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
        <TraceFilterBar filters={search} onChange={(filters) => update({ ...filters, q: undefined })} />
        <span className="ml-auto text-xs text-muted tabular" data-testid="trace-count">
          {formatCount(traces.length)} {traces.length === 1 ? 'trace' : 'traces'}
          {!live && traces.length === limit && ', newest shown'}
        </span>
      </div>
      {problem && problem.kind !== 'query' && (
        <div className="px-4 pt-3">
          <ProblemCard problem={problem} />
        </div>
      )}
      {traces.length > 0 ? (
        <TraceList traces={traces} waiting={live ? stream.waiting : 0} onHold={live ? stream.hold : undefined} />
      ) : (
        !problem && (
          <NoTraces
            searching={!live && found.isFetching}
            filtered={query !== '{}'}
            live={live}
            onClear={() =>
              update({ q: undefined, service: undefined, name: undefined, min: undefined, errors: undefined })
            }
          />
        )
      )}
    </>
  );
}

function LiveLabel({ state }: { state: string }) {
  return (
    <>
      <HealthMark health={state === 'live' ? 'ok' : state === 'off' ? 'off' : 'busy'} size={9} />
      Live
    </>
  );
}

function NoTraces({
  searching,
  filtered,
  live,
  onClear,
}: {
  searching: boolean;
  filtered: boolean;
  live: boolean;
  onClear: () => void;
}) {
  const navigate = useNavigate();
  if (searching) {
    return (
      <div className="p-6">
        <Spinner label="Searching" />
      </div>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={Activity}
        title="No trace matches"
        actions={<Button onClick={onClear}>Clear the filters</Button>}
      >
        {live
          ? 'New ones appear here as soon as they match.'
          : 'A longer time window or fewer conditions may find some.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Terminal}
      title={live ? 'Waiting for the first trace' : 'No traces in this time window'}
      actions={
        <Button tone="primary" onClick={() => void navigate({ to: '/connect' })}>
          Connect an app
        </Button>
      }
    >
      {live
        ? 'Point an app at the OTLP endpoint and its traces appear here by themselves. To see it work now, run:'
        : 'Choose a longer window, or connect an app.'}
      {live && (
        <span className="mt-2 flex items-center justify-center gap-1">
          <code className="rounded bg-raised px-2 py-1 font-mono text-xs">watchtower generate</code>
          <CopyButton text="watchtower generate" what="the command" />
        </span>
      )}
    </EmptyState>
  );
}
