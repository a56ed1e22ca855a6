import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ListTree, Play, WrapText } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { narrowLogQuery } from '../../../shared/log-query/narrow-log-query';
import { lokiQueryRange } from '../../../shared/requests/loki-query-range';
import { windowNanos } from '../../../shared/requests/window-nanos';
import { curlCommand } from '../../client/curl-command';
import { errorInstead } from '../../client/loading/error-instead';
import { useHostStatus } from '../../client/use-host-status';
import { LiveControls } from '../../page/live-controls';
import { PageHeader } from '../../page/page-header';
import { type PageKey, usePageKeys } from '../../page/page-keys';
import type { LogsSearch } from '../../page/page-search';
import { PageQuery } from '../../page/query/page-query';
import { TimeScrubber } from '../../page/scrubber/time-scrubber';
import { TimeRangeControl } from '../../page/time-range-control';
import { keepTime } from '../../page/time-window';
import { useTimeRange } from '../../page/use-time-range';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { Tabs } from '../../ui/controls/tabs';
import { useStoredSwitch } from '../../ui/controls/use-stored-switch';
import { ProblemCard } from '../../ui/layout/problem-card';
import { RefusedQuery } from '../../ui/layout/refused-query';
import { SplitPane } from '../../ui/layout/split-pane';
import type { LogLine } from '../../ui/log-list/log-buffer';
import { LogList } from '../../ui/log-list/log-list';
import { CopyButton } from '../../ui/text/copy-button';
import { ColumnHead } from './columns/column-head';
import { useColumns } from './columns/use-columns';
import { DownloadLines } from './download/download-lines';
import { FieldsPane } from './fields/fields-pane';
import { LogDetails } from './log-details';
import { LogFilterBar } from './log-filter-bar';
import { LogRow } from './log-row';
import { LogsFooter } from './logs-footer';
import { NoLines } from './no-lines';
import { PatternsView } from './patterns/patterns-view';
import { buildLogQuery, withLevel } from './query/build-log-query';
import { searchedTexts } from './query/searched-texts';
import { useLinkedLine } from './use-linked-line';
import { logPageSize, useLogStream } from './use-log-stream';
import { useLogVolume } from './use-log-volume';
import { besidePx, useTextColumns } from './use-text-columns';
import { VolumeHistogram } from './volume-histogram';
import { wrappedHeight } from './wrapped-height';

const route = getRouteApi('/logs');
/** The contract's bound of one query. */
const mostLines = 5000;
const columnGapPx = 10;

const errorsOnly = 'error+';
const levelEnding = withLevel('', errorsOnly);

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
  const [showsFields, setShowsFields] = useStoredSwitch('logs.fields');
  const { columns: fields, setWidth, toggled } = useColumns(search.columns);
  const [columns, textArea] = useTextColumns(fields.reduce((sum, { width }) => sum + width + columnGapPx, besidePx));
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
  const isPatterns = search.show === 'patterns';
  const showPatterns = () => update({ show: isPatterns ? undefined : 'patterns', line: undefined });
  const toggleColumn = (name: string) => update({ columns: toggled(name) }, true);
  const toggleErrors = () => {
    if (search.q === undefined) return update({ level: level === errorsOnly ? undefined : errorsOnly });
    const before = search.q.endsWith(levelEnding) ? search.q.slice(0, -levelEnding.length) : null;
    update({ q: before ?? withLevel(search.q, errorsOnly) });
  };
  const everywhere: PageKey[] = [
    { key: 'e', label: 'Errors and worse, or all', run: toggleErrors },
    { key: 'v', label: 'Lines or patterns', run: showPatterns },
    { key: 'f', label: 'Fields and their values', run: () => setShowsFields(!showsFields) },
  ];
  const ofLines: PageKey[] = [
    { key: 'p', label: 'Pause or follow', run: togglePause },
    { key: 'w', label: 'Wrap long lines', run: () => setWrap(!wrap) },
    { key: 'j', label: 'Next line', run: () => move(1) },
    { key: 'k', label: 'Line before', run: () => move(-1) },
    { key: 'Enter', label: 'Details of the newest line', run: () => !selected && move(0) },
    { key: 'Escape', label: 'Close the details', run: close },
    {
      key: 't',
      label: 'Open the trace of the line',
      run: () => {
        const line = current.current ?? selected;
        if (line) openTrace(line);
      },
    },
    ...everywhere,
  ];

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
        <Tabs
          label="What is shown"
          look="segment"
          value={isPatterns ? 'patterns' : 'lines'}
          onChange={(next) => next !== (isPatterns ? 'patterns' : 'lines') && showPatterns()}
          tabs={[
            { value: 'lines', label: 'Lines' },
            { value: 'patterns', label: 'Patterns' },
          ]}
        />
        <LogFilterBar
          filters={{ service, level, text }}
          disabled={search.q !== undefined}
          onChange={(filters, typing) => update({ ...filters, q: undefined }, typing)}
        />
        {search.q !== undefined && <span className="text-xs text-muted">The query below decides.</span>}
        <span className="ml-auto flex items-center gap-2">
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
            label={showsFields ? 'Hide the fields (f)' : 'Fields and their values (f)'}
            pressed={showsFields}
            onClick={() => setShowsFields(!showsFields)}
          >
            <ListTree size={15} />
          </IconButton>
          <DownloadLines query={query} resolveWindow={time.resolve} total={volume.data?.total ?? 0} />
          <IconButton
            label={wrap ? 'One line each (w)' : 'Wrap long lines (w)'}
            pressed={wrap}
            onClick={() => setWrap(!wrap)}
          >
            <WrapText size={15} />
          </IconButton>
          <TimeRangeControl />
        </span>
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
      <TimeScrubber signal="lines" />
      <div className="flex min-h-0 flex-1">
        {showsFields && (
          <FieldsPane
            {...{ query, windowKey: time.key, resolveWindow: time.resolve, onColumn: toggleColumn }}
            columns={fields.map(({ name }) => name)}
            onFilter={({ name, kind }, value, operator) =>
              update({ q: narrowLogQuery(query, name, value, { operator, kind }) })
            }
            onClose={() => setShowsFields(false)}
          />
        )}
        <SplitPane
          name="logs"
          place="right"
          initial={440}
          min={300}
          back={{ label: 'Back to the lines', run: close }}
          side={
            selected &&
            !isPatterns && (
              <LogDetails
                line={selected}
                needles={needles}
                onClose={close}
                onFilter={(label, value, operator) => update({ q: narrowLogQuery(query, label, value, { operator }) })}
                onColumn={toggleColumn}
              />
            )
          }
        >
          <VolumeHistogram volume={errorInstead(volume) ? undefined : volume.data} onBrush={time.setRange} />
          {isPatterns ? (
            <PatternsView
              {...{ query, live, keys: everywhere, windowKey: time.key, resolveWindow: time.resolve, loki: loki ?? '' }}
              against={search.versus ?? ''}
              onAgainst={(against) => update({ versus: against || undefined })}
              onLines={(q) => update({ q, show: undefined })}
              onQuery={ask}
            />
          ) : problem && !queryProblem ? (
            <div className="p-4">
              <ProblemCard problem={problem} />
            </div>
          ) : queryProblem ? (
            <RefusedQuery language="LogQL" query={query} problem={queryProblem} onChoose={ask} />
          ) : view.lines.length > 0 ? (
            <>
              <ColumnHead columns={fields} onWidth={setWidth} onRemove={toggleColumn} />
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
                    fields={fields}
                    onSelect={select}
                    onOpenTrace={openTrace}
                  />
                )}
                hold={hold}
                release={release}
                loadOlder={stream.hasOlder ? () => void stream.loadOlder() : undefined}
              />
            </>
          ) : (
            <NoLines loading={stream.loading} filtered={Boolean(search.q || service || level || text)} live={live} />
          )}
          {!isPatterns && <LinesKeys keys={ofLines} />}
          {!isPatterns && (
            <LogsFooter shown={view.lines.length} dropped={view.dropped} total={volume.data?.total ?? 0} />
          )}
        </SplitPane>
      </div>
    </>
  );
}

/** Keys of the lines, while they are shown: patterns have others. */
function LinesKeys({ keys }: { keys: readonly PageKey[] }) {
  usePageKeys('Logs', keys);
  return null;
}
