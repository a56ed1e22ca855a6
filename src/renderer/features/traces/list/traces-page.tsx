import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Group, PanelLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import { tempoSearch } from '../../../../shared/requests/tempo-search';
import { narrowTraceQuery } from '../../../../shared/trace-query/narrow-trace-query';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { useHostStatus } from '../../../client/use-host-status';
import { LiveControls } from '../../../page/live-controls';
import { PageHeader } from '../../../page/page-header';
import type { TracesSearch } from '../../../page/page-search';
import { PageQuery } from '../../../page/query/page-query';
import { TimeScrubber } from '../../../page/scrubber/time-scrubber';
import { TimeRangeControl } from '../../../page/time-range-control';
import { useTimeRange } from '../../../page/use-time-range';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { useStoredSwitch } from '../../../ui/controls/use-stored-switch';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { RefusedQuery } from '../../../ui/layout/refused-query';
import { CopyButton } from '../../../ui/text/copy-button';
import { readSelection, selectionCondition } from '../differs/span-selection';
import { FieldChooser } from '../facets/field-chooser';
import { buildTraceQuery } from './build-trace-query';
import { ColumnChooser } from './column-chooser';
import { NoTraces } from './no-traces';
import { searchWithColumns } from './search-with-columns';
import { readColumns, selectColumns, selects, writeColumns } from './select-columns';
import { sortTraces } from './sort-traces';
import { TraceFilterBar } from './trace-filter-bar';
import { TraceList } from './trace-list';
import { picturedQuery, TracesBody } from './traces-body';
import { useLiveColumns } from './use-live-columns';
import { useTraceStream } from './use-trace-stream';

const route = getRouteApi('/traces');
const pageSize = 200;
/** Another order than the newest first is made of so many. */
const sortedSize = 1000;
/** The contract's bound of one search. */
const mostTraces = 5000;

export function TracesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const host = useHostStatus();
  const [paused, setPaused] = useState(false);
  const query = search.q ?? buildTraceQuery(search);
  const selection = useMemo(() => readSelection(search.sel), [search.sel]);
  const follows = 'since' in time.range;
  // A window that ends in the past has nothing to follow, and neither what is selected nor another order than the newest first holds for what comes.
  const live = follows && search.live !== false && !selection && search.top === undefined;
  const listed = selection ? narrowTraceQuery(picturedQuery(query, search), selectionCondition(selection)) : query;
  const box = selection?.kind === 'box' ? selection : null;
  const listWindow = () => (box ? { from: box.from, to: box.to } : time.resolve());
  const columns = useMemo(() => readColumns(search.columns), [search.columns]);
  const selecting = selectColumns(listed, columns);
  const question = `${time.key} ${search.sel ?? ''} ${listed}`;
  const least = search.top === undefined ? pageSize : sortedSize;
  const [asked, setAsked] = useState({ question, limit: least });
  const limit = Math.max(least, asked.question === question ? asked.limit : least);
  const [facetsHidden, hideFacets] = useStoredSwitch('traces:facets-hidden');

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
    queryKey: ['traces.search', selecting, time.key, box?.from, box?.to, limit, search.top],
    queryFn: ({ signal }) => searchWithColumns(listed, selecting, listWindow(), limit, signal, search.top),
    // A tail says why it was refused in a hundred characters, a search in full.
    enabled: !live || notLive,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const withColumns = useLiveColumns(stream.traces, selecting, live && selects(selecting));
  const newest = live ? withColumns : found.error ? [] : (found.data?.traces ?? []);
  const traces = useMemo(() => sortTraces(newest, search.top), [newest, search.top]);
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
      search.columns === undefined ? listed : selecting,
      listWindow(),
      live ? Math.max(pageSize, traces.length) : limit,
      { order: search.top },
    );
    return curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', path, parameters);
  };
  // A count of nothing would say that there are none.
  const isUnknown = traces.length === 0 && (problem !== null || (live ? stream.searching : found.isFetching));
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
            update(
              mode === 'live'
                ? { live: undefined, from: undefined, to: undefined, sel: undefined, top: undefined }
                : { live: false },
            )
          }
          tabs={[
            { value: 'live', label: 'Live' },
            { value: 'search', label: 'Search' },
          ]}
        />
        {live && <LiveControls feed={stream.feed} held={stream.held} paused={paused} onPause={togglePause} />}
        <span className="flex-1" />
        <FieldChooser
          label="Group by"
          icon={Group}
          size="md"
          intrinsics={['name', 'status', 'kind']}
          isChosen={(field) => field === search.group}
          onChoose={(group) => update({ group })}
        />
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
      <TimeScrubber signal="spans" />
      <div className="flex flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
        <TraceFilterBar
          filters={search}
          disabled={search.q !== undefined}
          onChange={(filters, typing) => update({ ...filters, q: undefined }, typing)}
        />
        {search.q !== undefined && <span className="text-xs text-muted">The query above decides.</span>}
        <span className="flex-1" />
        <Button
          size="sm"
          tone="quiet"
          aria-pressed={!facetsHidden}
          onClick={() => hideFacets(!facetsHidden)}
          className="max-[1199px]:hidden"
        >
          <PanelLeft size={13} aria-hidden />
          Facets
        </Button>
        <span className="text-xs text-muted tabular" data-testid="trace-count">
          {!isUnknown && `${formatCount(traces.length)} ${traces.length === 1 ? 'trace' : 'traces'}`}
          {!live && traces.length === limit && describeCut(search.top, found.data?.ordered === true)}
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
      ) : (
        <TracesBody
          {...{ search, query, selection, follows, update }}
          windowKey={time.key}
          resolveWindow={time.resolve}
          showsFacets={!facetsHidden}
          isListed={live && !notLive ? stream.answered : !found.isPending}
        >
          {traces.length > 0 ? (
            <TraceList
              traces={traces}
              chosen={search.columns !== undefined || selects(query)}
              matching={{ query: listed, fields: columns }}
              sort={search.top}
              onSort={(top) => update({ top })}
              {...(live && {
                waiting: stream.waiting,
                paused,
                onHold: stream.hold,
                onRelease: () => {
                  setPaused(false);
                  stream.release();
                },
              })}
              keys={[
                ...(live ? [{ key: 'p', label: 'Pause or follow', run: togglePause }] : []),
                { key: 'd', label: 'To the picture of durations, where arrows select', run: focusPicture },
                {
                  key: 'e',
                  label: 'What failed spans have that others have not',
                  run: () => update({ sel: search.sel === 'errors' ? undefined : 'errors' }),
                },
              ]}
              foot={
                !live &&
                newest.length === limit &&
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
                searching={live ? stream.searching : found.isFetching}
                filtered={listed !== '{}'}
                live={live}
                onClear={() =>
                  update({
                    ...{ q: undefined, service: undefined, name: undefined, min: undefined, errors: undefined },
                    sel: undefined,
                  })
                }
              />
            )
          )}
        </TracesBody>
      )}
    </>
  );
}

/** Which of more traces than are shown these are. */
function describeCut(top: TracesSearch['top'], ordered: boolean): string {
  if (top === undefined) return ', newest shown';
  const most = { duration: 'the longest', spans: 'those of most spans', errors: 'those of most errors' };
  return ordered ? `, ${most[top]} of the window` : `, the newest by ${top}`;
}

function focusPicture(): void {
  document.querySelector<HTMLElement>('[aria-roledescription="heat map"]')?.focus();
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
