import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { isGenAiSpan } from '../../../../shared/genai/is-genai-span';
import { type ClockOffsets, correctClocks, findClockOffsets } from '../../../../shared/trace/correct-clocks';
import { findClockSkew } from '../../../../shared/trace/find-clock-skew';
import { layoutTrace } from '../../../../shared/trace/layout-trace';
import { curlCommand } from '../../../client/curl-command';
import { useHostStatus } from '../../../client/use-host-status';
import { PartOfTrace } from '../../../page/trace/part-of-trace';
import { Tabs } from '../../../ui/controls/tabs';
import { CopyButton } from '../../../ui/text/copy-button';
import { CompareWith } from '../compare/compare-with';
import { ExportTrace } from '../export/export-trace';
import { ClockSkewNotice } from './clock-skew-notice';
import { TraceConversation } from './trace-conversation';
import { TraceHeading } from './trace-heading';
import { TraceSpans } from './trace-spans';
import { useTraceForAgent } from './use-trace-for-agent';
import { useTraceLogs } from './use-trace-logs';
import { useTraceRun } from './use-trace-run';

const route = getRouteApi('/traces/$traceId');
const noOffsets: ClockOffsets = new Map();

/** A trace as its spans over time, as flame graph, statistics or table, or, where it has some about generative AI, as the conversation that they tell. */
export function TraceView({ trace: sent }: { trace: Trace }) {
  const { view, clocks } = route.useSearch();
  const navigate = useNavigate();
  const host = useHostStatus();
  const sentLayout = useMemo(() => layoutTrace(sent), [sent]);
  const skews = useMemo(() => findClockSkew(sentLayout), [sentLayout]);
  const corrected = clocks === 'corrected' && skews.length > 0;
  const offsets = useMemo(
    () => (corrected ? findClockOffsets(sentLayout, skews) : noOffsets),
    [corrected, sentLayout, skews],
  );
  const trace = useMemo(() => correctClocks(sent, offsets), [sent, offsets]);
  const layout = useMemo(() => (trace === sent ? sentLayout : layoutTrace(trace)), [trace, sent, sentLayout]);
  const talks = useMemo(() => trace.spans.some(isGenAiSpan), [trace]);
  const found = useTraceLogs(trace.traceId, sentLayout, { startNs: layout.startNs, offsets });
  const run = useTraceRun(trace);
  const forAgent = useTraceForAgent(sent, sentLayout, found.logs);
  const shown = view === undefined || (view === 'conversation' && !talks) ? 'spans' : view;
  const show = (next: typeof shown) =>
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: trace.traceId },
      search: (before) => ({ ...before, view: next === 'spans' ? undefined : next }),
      replace: true,
    });
  const views = [
    { value: 'spans' as const, label: 'Waterfall' },
    { value: 'flame' as const, label: 'Flame graph' },
    { value: 'statistics' as const, label: 'Statistics' },
    { value: 'table' as const, label: 'Spans' },
    ...(talks ? [{ value: 'conversation' as const, label: 'Conversation' }] : []),
  ];
  const viewKeys = [
    ...views.map(({ value, label }, index) => ({ key: String(index + 1), label, run: () => show(value) })),
    ...(talks ? [{ key: 'v', label: 'Its conversation', run: () => show('conversation') }] : []),
  ];
  const part: Record<string, string> = trace.total === undefined ? {} : { max_spans: String(trace.spans.length) };
  const curl = () =>
    curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', `/api/v2/traces/${trace.traceId}`, part);

  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
        <TraceHeading trace={trace} layout={layout} run={run} />
        <Tabs label="How the trace is shown" look="segment" value={shown} onChange={show} tabs={views} />
        {shown !== 'conversation' && <CopyButton text={forAgent} what="the trace for an agent" label="For an agent" />}
        <CompareWith trace={sent} layout={sentLayout} />
        <ExportTrace trace={sent} logs={found.logs} />
        <CopyButton text={curl} what="this trace as curl" label="curl" />
      </header>
      <PartOfTrace trace={trace} />
      <ClockSkewNotice
        skews={skews}
        corrected={corrected}
        onCorrect={(next) =>
          void navigate({
            to: '/traces/$traceId',
            params: { traceId: trace.traceId },
            search: (before) => ({ ...before, clocks: next ? 'corrected' : undefined }),
            replace: true,
          })
        }
      />
      {shown === 'conversation' ? (
        <TraceConversation layout={layout} traceId={trace.traceId} logs={found.logs} onSpans={() => show('spans')} />
      ) : (
        <TraceSpans
          trace={trace}
          layout={layout}
          found={found}
          run={run}
          forAgent={forAgent}
          shown={shown}
          viewKeys={viewKeys}
        />
      )}
    </>
  );
}
