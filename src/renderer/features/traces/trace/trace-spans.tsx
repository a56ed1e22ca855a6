import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense, useMemo, useState } from 'react';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { ownTimes } from '../../../../shared/trace/own-times';
import { traceLogsRequest } from '../../../../shared/trace/trace-logs-request';
import type { PageKey } from '../../../page/page-keys';
import type { TraceSearch, TraceViewName } from '../../../page/trace/trace-search';
import { lazyPart } from '../../../ui/layout/lazy-part';
import { PartBoundary } from '../../../ui/layout/part-boundary';
import { SplitPane } from '../../../ui/layout/split-pane';
import { Spinner } from '../../../ui/marks/spinner';
import { copyText } from '../../../ui/text/copy-text';
import { FindToolbar } from '../waterfall/find-toolbar';
import { type PickedSpans, useWaterfall } from '../waterfall/use-waterfall';
import { WaterfallToolbar } from '../waterfall/waterfall-toolbar';
import { NoTraceLogs } from './no-trace-logs';
import { TraceFindingsBar } from './trace-findings-bar';
import { TraceLogs } from './trace-logs';
import { TraceSide } from './trace-side';
import { useTraceFindings } from './use-trace-findings';
import type { useTraceLogs } from './use-trace-logs';
import type { useTraceRun } from './use-trace-run';
import { WaterfallView } from './waterfall-view';

const FlameGraph = lazyPart(() => import('../flame/flame-graph'), 'FlameGraph');
const TraceStatistics = lazyPart(() => import('../statistics/trace-statistics'), 'TraceStatistics');
const SpanTable = lazyPart(() => import('../table/span-table'), 'SpanTable');

const viewNames = {
  spans: 'The waterfall',
  flame: 'The flame graph',
  statistics: 'The statistics',
  table: 'The table of spans',
} as const;

const route = getRouteApi('/traces/$traceId');

interface TraceSpansProps {
  trace: Trace;
  layout: TraceLayout;
  found: ReturnType<typeof useTraceLogs>;
  run: ReturnType<typeof useTraceRun>;
  forAgent: () => string;
  shown: Exclude<TraceViewName, 'conversation'> | 'spans';
  /** Keys that every view of the trace has. */
  viewKeys: readonly PageKey[];
}

/** The spans of a trace: over time, as flame graph, statistics or table; with findings, log lines, and one of them in detail. */
export function TraceSpans({ trace, layout, found, run, forAgent, shown, viewKeys }: TraceSpansProps) {
  const { span: selectedSpan, by = 'operation' } = route.useSearch();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<LogRecord | null>(null);
  const change = (part: Partial<TraceSearch>) =>
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: trace.traceId },
      search: (before) => ({ ...before, ...part }),
      replace: true,
    });
  const state = useWaterfall(layout, selectedSpan, (span) => {
    setOpened(null);
    change({ span });
  });
  const { logs, bySpan, without, loading, problem } = found;
  const logsOfTrace = traceLogsRequest(trace.traceId, layout);
  const findings = useTraceFindings(trace, logs, run?.spanId);
  /** What is searched for stands out; else what a finding means. */
  const marked = useMemo(() => {
    if (state.text !== '' || state.picked || findings.shown.size === 0) return new Set(state.found);
    return new Set(layout.nodes.flatMap(({ span }, at) => (findings.shown.has(span.spanId) ? [at] : [])));
  }, [state.found, state.text, state.picked, findings.shown, layout]);
  const own = useMemo(() => (shown === 'spans' ? [] : ownTimes(layout)), [layout, shown]);
  const pick = (picked: PickedSpans) => {
    state.setPicked(picked);
    state.setText('');
    const [first] = picked.positions;
    // One act, one change of the address: the first of them is shown there.
    change({ view: undefined, span: first === undefined ? undefined : layout.nodes[first]?.span.spanId });
  };
  const chosen = layout.nodes[state.selected] !== undefined || state.repeat !== undefined;
  const keys: PageKey[] = [
    { key: 'e', label: 'Next error', run: state.nextFailed },
    { key: 'n', label: 'Next match', run: () => state.nextFound() },
    { key: 'N', label: 'Previous match', run: () => state.nextFound(-1) },
    { key: 'c', label: 'Copy the trace id', run: () => void copyText(trace.traceId, 'the trace id') },
    { key: 'a', label: 'Copy for an agent', run: () => void copyText(forAgent(), 'the trace for an agent') },
    ...viewKeys,
    {
      key: 'Escape',
      label: 'Close the span, show all',
      run: () => (opened ? setOpened(null) : chosen ? state.clear() : state.showAll()),
    },
  ];
  const close = () => (opened ? setOpened(null) : state.clear());

  return (
    <>
      <TraceFindingsBar
        found={findings}
        onShow={(evidence) => {
          findings.toggle(evidence);
          state.selectAt(layout.nodes.findIndex(({ span }) => evidence.spanIds.includes(span.spanId)));
        }}
      />
      <FindToolbar state={state}>{shown === 'spans' && <WaterfallToolbar state={state} layout={layout} />}</FindToolbar>
      <SplitPane
        name="trace-details"
        place="right"
        initial={420}
        min={280}
        back={{ label: 'Back to the trace', run: close }}
        side={
          (opened || chosen) && (
            <TraceSide
              trace={trace}
              layout={layout}
              state={state}
              logs={logs}
              findings={findings.bySpan}
              opened={opened}
              onClose={close}
            />
          )
        }
      >
        <SplitPane
          name="trace-logs"
          place="bottom"
          initial={190}
          min={90}
          side={
            logs.length > 0 && (
              <TraceLogs
                logs={logs}
                traceStartNs={layout.startNs}
                selectedSpan={selectedSpan}
                opened={opened}
                onOpen={(log) => {
                  state.selectAt(layout.nodes.findIndex(({ span }) => span.spanId === log.spanId));
                  setOpened(log);
                }}
                search={{ q: logsOfTrace.query, ...logsOfTrace.window, live: false }}
              />
            )
          }
        >
          <PartBoundary what={viewNames[shown]}>
            <Suspense fallback={<Spinner label="Opening" />}>
              {shown === 'spans' && (
                <WaterfallView
                  layout={layout}
                  state={state}
                  found={marked}
                  logs={bySpan}
                  findings={findings.bySpan}
                  keys={keys}
                />
              )}
              {shown === 'flame' && <FlameGraph layout={layout} own={own} found={marked} keys={keys} onPick={pick} />}
              {shown === 'statistics' && (
                <TraceStatistics
                  trace={trace}
                  layout={layout}
                  own={own}
                  by={by}
                  onBy={(next) => change({ by: next === 'operation' ? undefined : next })}
                  keys={keys}
                  onPick={pick}
                />
              )}
              {shown === 'table' && (
                <SpanTable
                  layout={layout}
                  own={own}
                  only={state.text.trim() !== '' || state.picked ? state.found : null}
                  selected={state.selected}
                  onSelect={state.selectAt}
                  keys={keys}
                />
              )}
            </Suspense>
          </PartBoundary>
          {logs.length === 0 && <NoTraceLogs loading={loading} without={without} problem={problem} />}
        </SplitPane>
      </SplitPane>
    </>
  );
}
