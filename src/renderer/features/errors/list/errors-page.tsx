import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { linesOfErrors } from '../../../../shared/errors/describe-errors';
import { errorsRequest } from '../../../../shared/requests/watchtower-errors';
import { curlCommand } from '../../../client/curl-command';
import { formatCount } from '../../../client/format-number';
import { useHostStatus } from '../../../client/use-host-status';
import type { ErrorsSearch } from '../../../page/errors-search';
import { PageHeader } from '../../../page/page-header';
import { usePageKeys } from '../../../page/page-keys';
import { TimeScrubber } from '../../../page/scrubber/time-scrubber';
import { TimeRangeControl } from '../../../page/time-range-control';
import { useTimeRange } from '../../../page/use-time-range';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Skeleton } from '../../../ui/layout/skeleton';
import { SplitPane } from '../../../ui/layout/split-pane';
import { FeedMark } from '../../../ui/marks/feed-mark';
import { CopyButton } from '../../../ui/text/copy-button';
import { GroupPane } from '../group/group-pane';
import { useMuting } from '../use-muting';
import { ErrorFilterBar } from './error-filter-bar';
import { ErrorList } from './error-list';
import { NoErrors } from './no-errors';
import { errorBuckets, useErrorList } from './use-error-list';

const route = getRouteApi('/errors');

/** What failed in the applications, each error once, renewed while telemetry arrives. */
export function ErrorsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const host = useHostStatus();
  const { list, feed, problem, renew } = useErrorList(search, time);
  const mute = useMuting(renew);
  const update = (change: Partial<ErrorsSearch>, replace = false) =>
    void navigate({ to: '/errors', search: (before) => ({ ...before, ...change }), replace });
  const open = (id: string | undefined) => update({ error: id }, true);
  usePageKeys('Errors', [
    { key: 'e', label: 'New errors only, or all', run: () => update({ fresh: search.fresh ? undefined : true }) },
  ]);
  const curl = () => {
    const { path, parameters } = errorsRequest({
      window: time.resolve(),
      buckets: errorBuckets,
      service: search.service,
    });
    return curlCommand(host?.endpoints.tempo ?? '', path, withoutAbsent(parameters));
  };
  const isFiltered = Boolean(search.service ?? search.text ?? search.fresh ?? search.run ?? search.muted);
  return (
    <>
      <PageHeader title="Errors">
        {list && (
          <span className="text-xs text-muted tabular" data-testid="error-count">
            {formatCount(list.total)} {list.total === 1 ? 'error' : 'errors'}, {formatCount(list.occurrences)}{' '}
            {list.occurrences === 1 ? 'time' : 'times'}
            {list.newGroups > 0 && `, ${formatCount(list.newGroups)} new`}
            {list.groups.length < list.total && `, the first ${formatCount(list.groups.length)} shown`}
          </span>
        )}
        {feed.kind !== 'off' && <FeedMark state={feed} />}
        <span className="flex-1" />
        {list && !list.partial && <CopyButton size="md" text={curl} what="the errors as curl" label="curl" />}
        {list && list.groups.length > 0 && (
          <CopyButton
            size="md"
            text={() => linesOfErrors(list, Date.now()).join('\n')}
            what="the errors for an agent"
            label="For an agent"
          />
        )}
        <TimeRangeControl />
      </PageHeader>
      <TimeScrubber signal="spans" />
      <ErrorFilterBar search={search} list={list} onChange={update} />
      {problem ? (
        <div className="p-4">
          <ProblemCard problem={problem} />
        </div>
      ) : (
        <SplitPane
          name="errors"
          place="right"
          initial={690}
          min={340}
          side={
            search.error === undefined ? null : (
              <GroupPane
                key={search.error}
                id={search.error}
                listed={list?.groups.find(({ id }) => id === search.error)}
                run={search.run}
                mute={mute}
                onClose={() => open(undefined)}
              />
            )
          }
          back={{ label: 'All errors', run: () => open(undefined) }}
        >
          {list && list.leftOut.length > 0 && (
            <div className="border-b border-line px-4 py-2">
              <LeftOut sentences={list.leftOut} />
            </div>
          )}
          {!list ? (
            <section className="space-y-2 p-4" aria-label="Looking for errors" aria-busy>
              {[0, 1, 2, 3].map((row) => (
                <Skeleton key={row} className="h-10 w-full" />
              ))}
            </section>
          ) : list.groups.length === 0 ? (
            <NoErrors
              muted={list.muted}
              filtered={isFiltered}
              onShowMuted={() => update({ muted: 'show' })}
              onClear={() =>
                update({ service: undefined, text: undefined, fresh: undefined, run: undefined, muted: undefined })
              }
            />
          ) : (
            <ErrorList list={list} opened={search.error} onOpen={open} mute={mute} />
          )}
        </SplitPane>
      )}
    </>
  );
}

function withoutAbsent(parameters: Record<string, string | number | undefined>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
