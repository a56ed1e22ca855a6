import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { describeTraceForAgent } from '../../../../shared/trace/describe-trace-for-agent';
import { findClockSkew } from '../../../../shared/trace/find-clock-skew';
import { layoutTrace } from '../../../../shared/trace/layout-trace';
import { traceLogsRequest } from '../../../../shared/trace/trace-logs-request';
import { orpc } from '../../../client/contract-client';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { useHostStatus } from '../../../client/use-host-status';
import { PageHeader } from '../../../page/page-header';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { SplitPane } from '../../../ui/layout/split-pane';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { copyText } from '../../../ui/text/copy-text';
import { LogDetails } from '../../logs/log-details';
import { useWaterfall } from '../waterfall/use-waterfall';
import { Waterfall } from '../waterfall/waterfall';
import { WaterfallToolbar } from '../waterfall/waterfall-toolbar';
import { ClockSkewNotice } from './clock-skew-notice';
import { NoTraceLogs } from './no-trace-logs';
import { SpanDetails } from './span-details';
import { TraceFindingsBar } from './trace-findings-bar';
import { TraceHeading } from './trace-heading';
import { traceLink } from './trace-link';
import { TraceLogs } from './trace-logs';
import { useTraceFindings } from './use-trace-findings';
import { useTraceLogs } from './use-trace-logs';
import { useTraceRun } from './use-trace-run';

const route = getRouteApi('/traces/$traceId');
const noNeedles: readonly string[] = [];

/** A trace grows while its spans come in: it is asked for again until it has been still for this long. */
const settledMs = 20_000;

export function TracePage() {
  const { traceId } = route.useParams();
  const navigate = useNavigate();
  const found = useQuery(
    orpc.traces.get.queryOptions({
      input: { traceId },
      refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : 1500),
      structuralSharing: true,
    }),
  );
  if (found.data && found.data.spans.length > 0) return <TraceView key={traceId} trace={found.data} />;
  return (
    <>
      <PageHeader title={`Trace ${traceId}`} />
      {found.error ? (
        <div className="p-4">
          <ProblemCard problem={describeError(found.error)} />
        </div>
      ) : found.isPending ? (
        <div className="p-6">
          <Spinner label="Loading the trace" />
        </div>
      ) : (
        <EmptyState
          icon={SearchX}
          title="This trace is not here"
          actions={<Button onClick={() => void navigate({ to: '/traces', search: keepTime })}>All traces</Button>}
        >
          It may be older than what is kept, or its spans have not arrived yet: the page looks again by itself.
        </EmptyState>
      )}
    </>
  );
}

function isSettled({ spans }: Trace): boolean {
  const last = spans.reduce(
    (latest, { startNs, durationNs }) => Math.max(latest, Number(BigInt(startNs) / 1_000_000n) + durationNs / 1e6),
    0,
  );
  return Date.now() - last > settledMs;
}

function TraceView({ trace }: { trace: Trace }) {
  const { span: selectedSpan } = route.useSearch();
  const navigate = useNavigate();
  const host = useHostStatus();
  const layout = useMemo(() => layoutTrace(trace), [trace]);
  const skews = useMemo(() => findClockSkew(layout), [layout]);
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
  const { logs, bySpan, without, loading, problem } = useTraceLogs(trace.traceId, layout);
  const logsOfTrace = traceLogsRequest(trace.traceId, layout);
  const filterLogs = (label: string, value: string) =>
    void navigate({
      to: '/logs',
      search: { q: `${logsOfTrace.query} | ${label}=${JSON.stringify(value)}`, ...logsOfTrace.window, live: false },
    });
  const run = useTraceRun(trace);
  const findings = useTraceFindings(trace, logs, run?.spanId);
  /** What is searched for stands out; else what a finding means. */
  const found = useMemo(() => {
    if (state.text !== '' || findings.shown.size === 0) return new Set(state.found);
    return new Set(layout.nodes.flatMap(({ span }, at) => (findings.shown.has(span.spanId) ? [at] : [])));
  }, [state.found, state.text, findings.shown, layout]);
  const node = layout.nodes[state.selected];
  const curl = () =>
    curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', `/api/v2/traces/${trace.traceId}`, {});
  const forAgent = () =>
    describeTraceForAgent({
      traceId: trace.traceId,
      layout,
      critical: state.critical,
      logs,
      link: traceLink(trace.traceId),
    });

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
    {
      key: 'Escape',
      label: 'Close the span, show all',
      run: () => (opened ? setOpened(null) : node ? select(undefined) : state.showAll()),
    },
  ]);

  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
        <TraceHeading trace={trace} layout={layout} run={run} />
        <CopyButton text={forAgent} what="the trace for an agent" label="For an agent" />
        <CopyButton text={curl} what="this trace as curl" label="curl" />
      </header>
      <ClockSkewNotice skews={skews} />
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
            <SpanDetails trace={trace} node={node} onClose={() => select(undefined)} />
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
            found={found}
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
