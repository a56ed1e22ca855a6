import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { tempoSearch } from '../../../../shared/requests/tempo-search';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { useHostStatus } from '../../../client/use-host-status';
import { LiveControls } from '../../../page/live-controls';
import { PageHeader } from '../../../page/page-header';
import type { TracesSearch } from '../../../page/page-search';
import { PageQuery } from '../../../page/query/page-query';
import { TimeRangeControl } from '../../../page/time-range-control';
import { useTimeRange } from '../../../page/use-time-range';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { RefusedQuery } from '../../../ui/layout/refused-query';
import { CopyButton } from '../../../ui/text/copy-button';
import { buildTraceQuery } from './build-trace-query';
import { ColumnChooser } from './column-chooser';
import { NoTraces } from './no-traces';
import { searchWithColumns } from './search-with-columns';
import { readColumns, selectColumns, selects, writeColumns } from './select-columns';
import { TraceFilterBar } from './trace-filter-bar';
import { TraceList } from './trace-list';
import { useLiveColumns } from './use-live-columns';
import { useTraceStream } from './use-trace-stream';

const route = getRouteApi('/traces');
const pageSize = 200;
/** The contract's bound of one search. */
const mostTraces = 5000;

export function TracesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const host = useHostStatus();
  const [paused, setPaused] = useState(false);
  // A window that ends in the past has nothing to follow.
  const live = 'since' in time.range && search.live !== false;
  const query = search.q ?? buildTraceQuery(search);
  const columns = useMemo(() => readColumns(search.columns), [search.columns]);
  const selecting = selectColumns(query, columns);
  const question = `${time.key} ${query}`;
  const [asked, setAsked] = useState({ question, limit: pageSize });
  const limit = asked.question === question ? asked.limit : pageSize;

  const update = (change: Partial<TracesSearch>, replace = false) =>
    void navigate({ to: '/traces', search: (before) => ({ ...before, ...change }), replace });
  const ask = (q: string) => update({ q: q === '' || q === buildTraceQuery(search) ? undefined : q });

  const stream = useTraceStream({
    query,
    selecting,
    windowKey: time.key,
    resolveWindow: time.resolve,
    limit: pageSize,
    enabled: live,
  });
  const notLive = stream.feed.kind === 'refused';
  const found = useQuery({
    queryKey: ['traces.search', selecting, time.key, limit],
    queryFn: ({ signal }) => searchWithColumns(query, selecting, time.resolve(), limit, signal),
    // A tail says why it was refused in a hundred characters, a search in full.
    enabled: !live || notLive,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const withColumns = useLiveColumns(stream.traces, selecting, live && selects(selecting));
  const traces = live ? withColumns : found.error ? [] : (found.data?.traces ?? []);
  const problem =
    (!live || notLive) && found.error
      ? describeError(found.error)
      : live && stream.feed.kind === 'refused'
        ? stream.feed.problem
        : null;
  const refused = problem?.kind === 'query' ? problem : null;
  const curl = () => {
    const { path, parameters } = tempoSearch(
      // Columns that the reader did not choose are no part of the question.
      search.columns === undefined ? query : selecting,
      time.resolve(),
      live ? Math.max(pageSize, traces.length) : limit,
    );
    return curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', path, parameters);
  };
  const togglePause = () => setPaused(!paused);

  return (
    <>
      <PageHeader title="Traces">
        <Tabs
          label="Live or search"
          look="segment"
          value={live ? 'live' : 'search'}
          onChange={(mode) =>
            // Following means up to now: a window of two times is left.
            update(mode === 'live' ? { live: undefined, from: undefined, to: undefined } : { live: false })
          }
          tabs={[
            { value: 'live', label: 'Live' },
            { value: 'search', label: 'Search' },
          ]}
        />
        {live && <LiveControls feed={stream.feed} held={stream.held} paused={paused} onPause={togglePause} />}
        <span className="flex-1" />
        <ColumnChooser columns={columns} onChange={(chosen) => update({ columns: writeColumns(chosen) }, true)} />
        <TimeRangeControl />
        <div className="flex w-full items-start">
          <PageQuery page="traces" pageSearch value={query} problem={refused} onSubmit={ask}>
            {search.q !== undefined && (
              <Button tone="quiet" onClick={() => update({ q: undefined })}>
                Back to the filters
              </Button>
            )}
            <CopyButton text={curl} what="this search as curl" label="curl" size="md" />
          </PageQuery>
        </div>
      </PageHeader>
      <div className="flex flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
        <TraceFilterBar
          filters={search}
          disabled={search.q !== undefined}
          onChange={(filters, typing) => update({ ...filters, q: undefined }, typing)}
        />
        {search.q !== undefined && <span className="text-xs text-muted">The query above decides.</span>}
        <span className="ml-auto text-xs text-muted tabular" data-testid="trace-count">
          {formatCount(traces.length)} {traces.length === 1 ? 'trace' : 'traces'}
          {!live && traces.length === limit && ', newest shown'}
          {live && stream.missed > 0 && (
            <span title="They came faster than this list shows, or while it was away. A search finds them.">
              , {formatCount(stream.missed)} not shown
            </span>
          )}
        </span>
      </div>
      {problem && !refused && (
        <div className="px-4 pt-3">
          <ProblemCard problem={problem} />
        </div>
      )}
      {refused ? (
        <RefusedQuery language="TraceQL" query={query} problem={refused} onChoose={ask} />
      ) : traces.length > 0 ? (
        <TraceList
          traces={traces}
          chosen={search.columns !== undefined || selects(query)}
          {...(live && {
            waiting: stream.waiting,
            paused,
            onHold: stream.hold,
            onRelease: () => {
              setPaused(false);
              stream.release();
            },
            keys: [{ key: 'p', label: 'Pause or follow', run: togglePause }],
          })}
          foot={
            !live &&
            traces.length === limit &&
            limit < mostTraces && (
              <LoadMore
                loading={found.isFetching}
                onClick={() => setAsked({ question, limit: Math.min(mostTraces, limit + pageSize) })}
              />
            )
          }
        />
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

function LoadMore({ loading, onClick }: { loading: boolean; onClick: () => void }) {
  return (
    <div className="flex h-11 items-center justify-center">
      <Button size="sm" disabled={loading} onClick={onClick}>
        {loading ? 'Loading' : `Load ${pageSize} more`}
      </Button>
    </div>
  );
}
