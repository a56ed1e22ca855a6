import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Play, ScrollText, WrapText } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { lokiQueryRange } from '../../../shared/requests/loki-query-range';
import { windowNanos } from '../../../shared/requests/window-nanos';
import { curlCommand } from '../../client/curl-command';
import { formatCount } from '../../client/format-number';
import { useHostStatus } from '../../client/use-host-status';
import { LiveControls } from '../../page/live-controls';
import { PageHeader } from '../../page/page-header';
import { usePageKeys } from '../../page/page-keys';
import type { LogsSearch } from '../../page/page-search';
import { PageQuery } from '../../page/query/page-query';
import { TimeRangeControl } from '../../page/time-range-control';
import { keepTime } from '../../page/time-window';
import { useTimeRange } from '../../page/use-time-range';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { useStoredSwitch } from '../../ui/controls/use-stored-switch';
import { EmptyState } from '../../ui/layout/empty-state';
import { ProblemCard } from '../../ui/layout/problem-card';
import { RefusedQuery } from '../../ui/layout/refused-query';
import { SplitPane } from '../../ui/layout/split-pane';
import type { LogLine } from '../../ui/log-list/log-buffer';
import { LogList } from '../../ui/log-list/log-list';
import { Spinner } from '../../ui/marks/spinner';
import { CopyButton } from '../../ui/text/copy-button';
import { DemoInvitation } from '../demo/demo-invitation';
import { SendDemoData } from '../demo/send-demo-data';
import { buildLogQuery, narrowLogQuery } from './query/build-log-query';
import { LogDetails } from './log-details';
import { LogFilterBar } from './log-filter-bar';
import { LogRow } from './log-row';
import { searchedTexts } from './query/searched-texts';
import { useLinkedLine } from './use-linked-line';
import { logPageSize, useLogStream } from './use-log-stream';
import { useLogVolume } from './use-log-volume';
import { useTextColumns } from './use-text-columns';
import { VolumeHistogram } from './volume-histogram';
import { wrappedHeight } from './wrapped-height';

const route = getRouteApi('/logs');
/** The contract's bound of one query. */
const mostLines = 5000;

export function LogsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const time = useTimeRange();
  const loki = useHostStatus()?.endpoints.loki;
  const [chosen, setChosen] = useState<LogLine | null>(null);
  const [paused, setPaused] = useState(false);

  const { service, level, text } = search;
  const query = search.q ?? buildLogQuery({ service, level, text });
  const canBeLive = 'since' in time.range;
  const live = canBeLive && search.live !== false;
  const stream = useLogStream({ query, live, windowKey: time.key, resolveWindow: time.resolve });
  const { view, feed, problem, hold } = stream;
  const volume = useLogVolume(query, time.key, time.resolve);
  const [wrap, setWrap] = useStoredSwitch('logs.wrap');
  const [columns, textArea] = useTextColumns();
  const needles = useMemo(() => searchedTexts(query), [query]);
  const heightOf = useMemo(() => (wrap ? (line: LogLine) => wrappedHeight(line, columns) : undefined), [wrap, columns]);
  const lineTime = search.line?.slice(1);
  const linked = useLinkedLine(chosen?.timeNs === lineTime ? undefined : lineTime, query, view.lines);
  // Of several lines of one instant the link knows only the time.
  const selected = chosen !== null && chosen.timeNs === lineTime ? chosen : linked;

  /** A step that Back undoes, unless it replaces the one before. */
  const update = useCallback(
    (patch: Partial<LogsSearch>, replace = false) =>
      void navigate({ to: '/logs', search: (before) => ({ ...before, ...patch }), replace }),
    [navigate],
  );
  /** What a key is about at once: the URL follows a moment later. */
  const current = useRef<LogLine | null>(null);
  const close = () => {
    current.current = null;
    update({ line: undefined }, true);
  };
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
    const index = view.lines.findIndex(({ id }) => id === (current.current ?? selected)?.id);
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
      current.current = line;
      setChosen(line);
      update({ line: `t${line.timeNs}` }, true);
    },
    [hold, update],
  );
  usePageKeys('Logs', [
    { key: 'p', label: 'Pause or follow', run: togglePause },
    { key: 'w', label: 'Wrap long lines', run: () => setWrap(!wrap) },
    { key: 'j', label: 'Next line', run: () => move(1) },
    { key: 'k', label: 'Line before', run: () => move(-1) },
    { key: 'Escape', label: 'Close the details', run: close },
    {
      key: 't',
      label: 'Open the trace of the line',
      run: () => {
        const line = current.current ?? selected;
        if (line) openTrace(line);
      },
    },
  ]);

  const curl = () => {
    const limit = Math.min(mostLines, Math.max(logPageSize, view.lines.length));
    const { path, parameters } = lokiQueryRange(query, windowNanos(time.resolve()), limit, 'backward');
    return curlCommand(loki ?? '', path, parameters);
  };
  const ask = (q: string) => update({ q: q === '' || q === buildLogQuery({ service, level, text }) ? undefined : q });
  const queryProblem = problem?.kind === 'query' ? problem : feed.kind === 'refused' ? feed.problem : null;

  return (
    <>
      <PageHeader title="Logs">
        <LogFilterBar
          filters={{ service, level, text }}
          disabled={search.q !== undefined}
          onChange={(filters, typing) => update({ ...filters, q: undefined }, typing)}
        />
        {search.q !== undefined && <span className="text-xs text-muted">The query below decides.</span>}
        <span className="flex-1" />
        {live ? (
          <LiveControls feed={feed} held={view.held} paused={view.held} onPause={togglePause} />
        ) : (
          // Following means up to now: a window of two times is left.
          <Button onClick={() => update({ live: undefined, from: undefined, to: undefined })}>
            <Play size={14} aria-hidden />
            Follow
          </Button>
        )}
        <IconButton
          label={wrap ? 'One line each (w)' : 'Wrap long lines (w)'}
          pressed={wrap}
          onClick={() => setWrap(!wrap)}
        >
          <WrapText size={15} />
        </IconButton>
        <TimeRangeControl />
        <div className="flex w-full items-start">
          <PageQuery page="logs" value={query} problem={queryProblem} onSubmit={ask}>
            {search.q !== undefined && (
              <Button tone="quiet" onClick={() => update({ q: undefined })}>
                Back to the filters
              </Button>
            )}
            <CopyButton text={curl} what="the query as curl" label="curl" size="md" />
          </PageQuery>
        </div>
      </PageHeader>
      <SplitPane
        name="logs"
        place="right"
        initial={440}
        min={300}
        back={{ label: 'Back to the lines', run: close }}
        side={
          selected && (
            <LogDetails
              line={selected}
              needles={needles}
              onClose={close}
              onFilter={(label, value) => update({ q: narrowLogQuery(query, label, value) })}
            />
          )
        }
      >
        <VolumeHistogram volume={volume.isError ? undefined : volume.data} onBrush={time.setRange} />
        {problem && !queryProblem ? (
          <div className="p-4">
            <ProblemCard problem={problem} />
          </div>
        ) : queryProblem ? (
          <RefusedQuery language="LogQL" query={query} problem={queryProblem} onChoose={ask} />
        ) : view.lines.length > 0 ? (
          <LogList
            view={view}
            live={live}
            paused={paused}
            selectedId={selected?.id ?? null}
            heightOf={heightOf}
            textArea={textArea}
            renderRow={(line, top) => (
              <LogRow
                line={line}
                top={top}
                selected={line.id === selected?.id}
                needles={needles}
                columns={wrap ? columns : null}
                onSelect={select}
                onOpenTrace={openTrace}
              />
            )}
            hold={hold}
            release={release}
            loadOlder={stream.hasOlder ? () => void stream.loadOlder() : undefined}
          />
        ) : (
          <NoLines loading={stream.loading} filtered={Boolean(search.q || service || level || text)} live={live} />
        )}
        <Footer shown={view.lines.length} dropped={view.dropped} total={volume.data?.total ?? 0} />
      </SplitPane>
    </>
  );
}

function NoLines({ loading, filtered, live }: { loading: boolean; filtered: boolean; live: boolean }) {
  if (loading) {
    return (
      <div className="flex-1 p-4">
        <Spinner />
      </div>
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
    <EmptyState icon={ScrollText} title="No log lines in this window" actions={<SendDemoData />}>
      Lines appear here as they come. An app sends them with the logs exporter of its OpenTelemetry SDK: set{' '}
      <code className="font-mono text-xs">OTEL_LOGS_EXPORTER=otlp</code>.
      <DemoInvitation>To see it work now, send those of a small shop:</DemoInvitation>
    </EmptyState>
  );
}

function Footer({ shown, dropped, total }: { shown: number; dropped: number; total: number }) {
  return (
    <p className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-surface px-4 text-xs text-muted tabular">
      <span>
        {formatCount(shown)} {shown === 1 ? 'line' : 'lines'}
        {total > shown && ` of ${formatCount(total)} in this window`}
      </span>
      {dropped > 0 && (
        <span title="The feed was faster than what can be shown. Every line is kept: a query finds it.">
          {formatCount(dropped)} passed too fast to show
        </span>
      )}
    </p>
  );
}
