import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { traceLogsRequest } from '../../../../shared/trace/trace-logs-request';
import { usePageKeys } from '../../../page/page-keys';
import { SplitPane } from '../../../ui/layout/split-pane';
import { copyText } from '../../../ui/text/copy-text';
import { LogDetails } from '../../logs/log-details';
import { useWaterfall } from '../waterfall/use-waterfall';
import { Waterfall } from '../waterfall/waterfall';
import { WaterfallToolbar } from '../waterfall/waterfall-toolbar';
import { NoTraceLogs } from './no-trace-logs';
import { SpanDetails } from './span-details';
import { TraceFindingsBar } from './trace-findings-bar';
import { TraceLogs } from './trace-logs';
import { useTraceFindings } from './use-trace-findings';
import type { useTraceLogs } from './use-trace-logs';
import type { useTraceRun } from './use-trace-run';

const route = getRouteApi('/traces/$traceId');
const noNeedles: readonly string[] = [];

interface TraceSpansProps {
  trace: Trace;
  layout: TraceLayout;
  found: ReturnType<typeof useTraceLogs>;
  run: ReturnType<typeof useTraceRun>;
  forAgent: () => string;
  /** Absent where the trace tells none. */
  onConversation: (() => void) | undefined;
}

/** The spans of a trace over time, with findings, log lines, and one of them in detail. */
export function TraceSpans({ trace, layout, found, run, forAgent, onConversation }: TraceSpansProps) {
  const { span: selectedSpan } = route.useSearch();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<LogRecord | null>(null);
  const select = (span: string | undefined) => {
    setOpened(null);
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: trace.traceId },
      search: (before) => ({ ...before, span }),
      replace: true,
    });
  };
  const state = useWaterfall(layout, selectedSpan, select);
  const { logs, bySpan, without, loading, problem } = found;
  const logsOfTrace = traceLogsRequest(trace.traceId, layout);
  const filterLogs = (label: string, value: string) =>
    void navigate({
      to: '/logs',
      search: { q: `${logsOfTrace.query} | ${label}=${JSON.stringify(value)}`, ...logsOfTrace.window, live: false },
    });
  const findings = useTraceFindings(trace, logs, run?.spanId);
  /** What is searched for stands out; else what a finding means. */
  const marked = useMemo(() => {
    if (state.text !== '' || findings.shown.size === 0) return new Set(state.found);
    return new Set(layout.nodes.flatMap(({ span }, at) => (findings.shown.has(span.spanId) ? [at] : [])));
  }, [state.found, state.text, findings.shown, layout]);
  const node = layout.nodes[state.selected];
  usePageKeys('Trace', [
    { key: 'j', label: 'Next span', run: () => state.moveBy(1) },
    { key: 'k', label: 'Previous span', run: () => state.moveBy(-1) },
    { key: 'ArrowDown', label: 'Next span', run: () => state.moveBy(1) },
    { key: 'ArrowUp', label: 'Previous span', run: () => state.moveBy(-1) },
    { key: 'ArrowLeft', label: 'Hide what is below, then to the parent', run: state.goOut },
    { key: 'ArrowRight', label: 'Show what is below, then to its first', run: state.goIn },
    { key: 'e', label: 'Next error', run: state.nextFailed },
    { key: 'n', label: 'Next match', run: () => state.nextFound() },
    { key: 'N', label: 'Previous match', run: () => state.nextFound(-1) },
    { key: '[', label: 'One level less', run: () => state.showDepth(state.depth - 1) },
    { key: ']', label: 'One level more', run: () => state.showDepth(state.depth + 1) },
    { key: 'c', label: 'Copy the trace id', run: () => void copyText(trace.traceId, 'the trace id') },
    { key: 'a', label: 'Copy for an agent', run: () => void copyText(forAgent(), 'the trace for an agent') },
    ...(onConversation ? [{ key: 'v', label: 'Its conversation', run: onConversation }] : []),
    {
      key: 'Escape',
      label: 'Close the span, show all',
      run: () => (opened ? setOpened(null) : node ? select(undefined) : state.showAll()),
    },
  ]);

  return (
    <>
      <TraceFindingsBar
        found={findings}
        onShow={(evidence) => {
          findings.toggle(evidence);
          state.selectAt(layout.nodes.findIndex(({ span }) => evidence.spanIds.includes(span.spanId)));
        }}
      />
      <WaterfallToolbar state={state} layout={layout} />
      <SplitPane
        name="trace-details"
        place="right"
        initial={420}
        min={280}
        back={{ label: 'Back to the trace', run: () => (opened ? setOpened(null) : select(undefined)) }}
        side={
          opened ? (
            <LogDetails
              line={{ ...opened, id: 0 }}
              needles={noNeedles}
              onClose={() => setOpened(null)}
              onFilter={filterLogs}
            />
          ) : node ? (
            <SpanDetails trace={trace} layout={layout} node={node} logs={logs} onClose={() => select(undefined)} />
          ) : null
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
          <Waterfall
            layout={layout}
            rows={state.rows}
            collapsed={state.collapsed}
            critical={state.critical}
            found={marked}
            logs={bySpan}
            selected={state.selected}
            view={state.view}
            onView={state.setView}
            onSelect={state.selectAt}
            onToggle={state.fold}
          />
          {logs.length === 0 && <NoTraceLogs loading={loading} without={without} problem={problem} />}
        </SplitPane>
      </SplitPane>
    </>
  );
}
