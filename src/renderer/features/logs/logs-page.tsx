import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Pause, Play, ScrollText } from 'lucide-react';
import { useCallback, useState } from 'react';
import { PageHeader } from '../../app/page-header';
import { usePageKeys } from '../../app/page-keys';
import type { LogsSearch } from '../../app/page-search';
import { TimeRangeControl } from '../../app/time-range-control';
import { keepTime } from '../../app/time-window';
import { useTimeRange } from '../../app/use-time-range';
import { curlCommand } from '../../client/curl-command';
import { formatCount } from '../../client/format-number';
import { millisToNanos } from '../../client/format-time';
import { useHostStatus } from '../../client/use-host-status';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { EmptyState } from '../../ui/empty-state';
import { FeedMark } from '../../ui/feed-mark';
import { ProblemCard } from '../../ui/problem-card';
import { QueryInput } from '../../ui/query-input';
import { Spinner } from '../../ui/spinner';
import { SplitPane } from '../../ui/split-pane';
import { buildLogQuery, narrowLogQuery } from './build-log-query';
import type { LogLine } from './log-buffer';
import { LogDetails } from './log-details';
import { LogFilterBar } from './log-filter-bar';
import { LogList } from './log-list';
import { LogRow } from './log-row';
import { useLogStream } from './use-log-stream';
import { VolumeHistogram } from './volume-histogram';

const route = getRouteApi('/logs');
const curlLimit = 100;

export function LogsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const loki = useHostStatus()?.endpoints.loki;
  const [selected, setSelected] = useState<LogLine | null>(null);
  const [paused, setPaused] = useState(false);

  const { service, level, text } = search;
  const query = search.q ?? buildLogQuery({ service, level, text });
  const canBeLive = 'since' in time.range;
  const live = canBeLive && search.live !== false;
  const stream = useLogStream({ query, live, windowKey: time.key, resolveWindow: time.resolve });
  const { view, feed, problem, hold } = stream;

  const update = useCallback(
    (patch: Partial<LogsSearch>) =>
      void navigate({ to: '/logs', search: (before) => ({ ...before, ...patch }), replace: true }),
    [navigate],
  );
  const togglePause = () => {
    if (paused || view.held) stream.release();
    else hold();
    setPaused(!(paused || view.held));
  };
  const release = () => {
    setPaused(false);
    stream.release();
  };
  const move = (by: number) => {
    const index = view.lines.findIndex(({ id }) => id === selected?.id);
    const next = view.lines[index === -1 ? view.lines.length - 1 : index + by];
    if (!next) return;
    select(next);
  };
  const openTrace = useCallback(
    ({ traceId, spanId }: LogLine) => {
      if (!traceId) return;
      void navigate({
        to: '/traces/$traceId',
        params: { traceId },
        search: (before) => ({ ...keepTime(before), span: spanId }),
      });
    },
    [navigate],
  );
  const select = useCallback(
    (line: LogLine) => {
      hold();
      setSelected(line);
    },
    [hold],
  );
  usePageKeys('Logs', [
    { key: 'p', label: 'Pause or follow', run: togglePause },
    { key: 'j', label: 'Next line', run: () => move(1) },
    { key: 'k', label: 'Line before', run: () => move(-1) },
    { key: 'Escape', label: 'Close the details', run: () => setSelected(null) },
    {
      key: 't',
      label: 'Open the trace of the line',
      run: () => selected && openTrace(selected),
    },
  ]);

  const curl = () => {
    const { from, to } = time.resolve();
    const parameters = { query, start: millisToNanos(from), end: millisToNanos(to), limit: curlLimit };
    return curlCommand(loki ?? '', '/loki/api/v1/query_range', parameters);
  };
  const queryProblem = problem?.kind === 'query' ? problem : feed.kind === 'refused' ? feed.problem : null;

  return (
    <>
      <PageHeader title="Logs">
        <LogFilterBar filters={{ service, level, text }} onChange={(filters) => update({ ...filters, q: undefined })} />
        <span className="flex-1" />
        {live && <FeedMark state={feed} held={view.held} />}
        {canBeLive && (
          <Button onClick={live ? togglePause : () => update({ live: undefined })} aria-pressed={live && !view.held}>
            {live && !view.held ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
            {live && !view.held ? 'Pause' : 'Follow'}
          </Button>
        )}
        <TimeRangeControl />
        <div className="flex w-full items-start">
          <QueryInput
            label="LogQL"
            value={query}
            problem={queryProblem}
            onSubmit={(next) =>
              update({ q: next === buildLogQuery({ service, level, text }) ? undefined : next || undefined })
            }
          >
            {search.q !== undefined && (
              <Button tone="quiet" onClick={() => update({ q: undefined })}>
                Back to the filters
              </Button>
            )}
            <CopyButton text={curl} what="the query as curl" label="curl" size="md" />
          </QueryInput>
        </div>
      </PageHeader>
      <SplitPane
        name="logs"
        place="right"
        initial={440}
        min={300}
        side={
          selected && (
            <LogDetails
              line={selected}
              onClose={() => setSelected(null)}
              onFilter={(label, value) => update({ q: narrowLogQuery(query, label, value) })}
            />
          )
        }
      >
        <VolumeHistogram query={query} windowKey={time.key} resolveWindow={time.resolve} onBrush={time.setRange} />
        {problem && !queryProblem ? (
          <div className="p-4">
            <ProblemCard problem={problem} />
          </div>
        ) : view.lines.length > 0 ? (
          <LogList
            view={view}
            live={live}
            paused={paused}
            selectedId={selected?.id ?? null}
            renderRow={(line, top) => (
              <LogRow
                line={line}
                top={top}
                selected={line.id === selected?.id}
                onSelect={select}
                onOpenTrace={openTrace}
              />
            )}
            hold={hold}
            release={release}
            loadOlder={stream.hasOlder ? () => void stream.loadOlder() : undefined}
          />
        ) : (
          <NoLines
            loading={stream.loading}
            refused={queryProblem !== null}
            filtered={Boolean(search.q || service || level || text)}
            live={live}
          />
        )}
        <Footer shown={view.lines.length} dropped={view.dropped} />
      </SplitPane>
    </>
  );
}

function NoLines({
  loading,
  refused,
  filtered,
  live,
}: {
  loading: boolean;
  refused: boolean;
  filtered: boolean;
  live: boolean;
}) {
  if (loading) {
    return (
      <div className="flex-1 p-4">
        <Spinner />
      </div>
    );
  }
  if (refused) {
    return (
      <EmptyState icon={ScrollText} title="The query was refused">
        What is wrong stands under the query. LogQL starts with a selector, then filters:{' '}
        <code className="font-mono text-xs">{'{service_name="my-app"} |= "timeout" | detected_level="error"'}</code>
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState icon={ScrollText} title="No line matches in this window">
        Widen the time window or remove a filter.{live && ' A line that matches appears here as it comes.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ScrollText} title="No log lines in this window">
      Lines appear here as they come. An app sends them with the logs exporter of its OpenTelemetry SDK: set{' '}
      <code className="font-mono text-xs">OTEL_LOGS_EXPORTER=otlp</code>, or run{' '}
      <code className="font-mono text-xs">watchtower generate</code>.
    </EmptyState>
  );
}

function Footer({ shown, dropped }: { shown: number; dropped: number }) {
  return (
    <p className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-surface px-4 text-xs text-muted tabular">
      <span>{formatCount(shown)} lines</span>
      {dropped > 0 && (
        <span title="The feed was faster than what can be shown. Every line is kept: a query finds it.">
          {formatCount(dropped)} passed too fast to show
        </span>
      )}
    </p>
  );
}
