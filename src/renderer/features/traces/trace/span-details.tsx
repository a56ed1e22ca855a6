import { Link } from '@tanstack/react-router';
import { ChartLine, ChevronDown, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import type { LogRecord, Span, Trace } from '../../../../shared/contract/telemetry';
import { formatDuration, formatOffset } from '../../../../shared/format-duration';
import { isGenAiSpan } from '../../../../shared/genai/is-genai-span';
import { nanosBetween } from '../../../../shared/nanos-between';
import { showPlainText } from '../../../../shared/show-plain-text';
import { timingExplanations, timingLabels } from '../../../../shared/trace/describe-timing';
import type { SpanNode, TraceLayout } from '../../../../shared/trace/layout-trace';
import { formatCount } from '../../../client/format-number';
import { formatExactTime, nanosToMillis } from '../../../client/format-time';
import { useHostStatus } from '../../../client/use-host-status';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { Tabs } from '../../../ui/controls/tabs';
import { useStoredSwitch } from '../../../ui/controls/use-stored-switch';
import { Badge } from '../../../ui/marks/badge';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { CopyButton } from '../../../ui/text/copy-button';
import { metricsAround } from '../../metrics/metrics-around';
import { SpanConversation } from '../conversation/span-conversation';
import { OperationHistory } from '../history/operation-history';
import { AttributeTable } from './attribute-table';
import { LinkedFrom } from './linked-from';
import { traceLink } from './trace-link';

type Part = 'conversation' | 'attributes' | 'events' | 'links' | 'resource';

interface SpanDetailsProps {
  trace: Trace;
  layout: TraceLayout;
  node: SpanNode;
  /** Of the trace. */
  logs: readonly LogRecord[];
  onClose: () => void;
}

export function SpanDetails({ trace, layout, node, logs, onClose }: SpanDetailsProps) {
  const [chosen, setPart] = useState<Part>();
  const { span } = node;
  const measured = useHostStatus()?.capabilities.metrics === true;
  const [history, setHistory] = useStoredSwitch('trace:operation-history');
  const talks = isGenAiSpan(span);
  // Another span may have no conversation.
  const part = chosen === 'conversation' && !talks ? 'attributes' : (chosen ?? (talks ? 'conversation' : 'attributes'));
  return (
    <section
      aria-label="Span"
      data-testid="span-details"
      className="flex min-h-0 flex-1 flex-col border-l border-line bg-surface"
    >
      <header className="flex items-start gap-2 px-3 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold wrap-anywhere">{showPlainText(span.name)}</h2>
          <ServiceDot service={span.service} className="max-w-full text-muted" />
        </div>
        <IconButton label="Close the span" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-0.5 px-3 pb-3 text-xs">
        <dt className="text-muted">Duration</dt>
        <dd className="font-mono">
          {span.timing ? timingLabels[span.timing] : formatDuration(span.durationNs)}
          {span.timing && span.durationNs > 0 && `, took ${formatDuration(span.durationNs)}`}
        </dd>
        <dt className="text-muted">Started</dt>
        <dd className="font-mono">
          {span.sent ? sentTime(span.sent.startNs) : formatExactTime(span.startNs)}{' '}
          <span className="text-muted">({formatOffset(node.start)})</span>
        </dd>
        {span.timing && span.sent && (
          <>
            <dt className="text-muted">Ended</dt>
            <dd className="font-mono">{sentTime(span.sent.endNs)}</dd>
            <dt className="text-muted">Note</dt>
            <dd>{timingExplanations[span.timing]}</dd>
          </>
        )}
        {span.dropped && (
          <>
            <dt className="text-muted">Left out</dt>
            <dd>{describeDropped(span.dropped)}</dd>
          </>
        )}
        <dt className="text-muted">Kind</dt>
        <dd>{span.kind}</dd>
        <dt className="text-muted">Status</dt>
        <dd>
          <Badge tone={span.status.code === 'error' ? 'bad' : span.status.code === 'ok' ? 'ok' : 'neutral'}>
            {span.status.code}
          </Badge>{' '}
          <span className="wrap-anywhere">{showPlainText(span.status.message)}</span>
        </dd>
        {span.scope.name && (
          <>
            <dt className="text-muted">Scope</dt>
            <dd className="wrap-anywhere">
              {showPlainText(span.scope.name)} {showPlainText(span.scope.version)}
            </dd>
          </>
        )}
        <dt className="text-muted">Span id</dt>
        <dd className="flex items-center gap-1 font-mono">
          {span.spanId}
          <CopyButton text={span.spanId.slice(0, 16)} what="the span id" />
        </dd>
      </dl>
      <div className="flex flex-wrap gap-2 px-3 pb-2">
        {measured && (
          <Button size="sm" aria-expanded={history} onClick={() => setHistory(!history)}>
            {history ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
            This operation over time
          </Button>
        )}
        <Button size="sm" render={<Link to="/metrics" search={metricsOf(span)} />}>
          <ChartLine size={13} aria-hidden />
          Metrics at this time
        </Button>
      </div>
      {measured && history && (
        <div className="px-3 pb-3">
          <OperationHistory key={span.spanId} span={span} />
        </div>
      )}
      <Tabs
        label="Parts of the span"
        value={part}
        onChange={setPart}
        className="px-3"
        tabs={[
          ...(talks ? [{ value: 'conversation' as const, label: 'Conversation' }] : []),
          { value: 'attributes', label: `Attributes ${span.attributes.length}` },
          { value: 'events', label: `Events ${span.events.length}` },
          { value: 'links', label: `Links ${span.links.length}` },
          { value: 'resource', label: 'Resource' },
        ]}
      />
      {part === 'conversation' && (
        <SpanConversation key={span.spanId} node={node} layout={layout} logs={logs} link={traceLink(trace.traceId)} />
      )}
      <div className={classNames('min-h-0 flex-1 overflow-y-auto py-1', part === 'conversation' && 'hidden')}>
        {part === 'attributes' && (
          <AttributeTable
            of={{ scope: 'span', traceId: trace.traceId }}
            attributes={span.attributes}
            empty="This span has no attributes."
          />
        )}
        {part === 'resource' && (
          <AttributeTable
            of={{ scope: 'resource', traceId: trace.traceId }}
            attributes={trace.resources[span.resource]?.attributes ?? []}
            empty="The resource has no attributes."
          />
        )}
        {part === 'events' &&
          (span.events.length === 0 ? (
            <p className="px-3 py-2 text-sm text-faint">This span has no events.</p>
          ) : (
            <Events node={node} />
          ))}
        {part === 'links' &&
          (span.links.length === 0 ? (
            <p className="px-3 py-2 text-sm text-faint">This span links to no other.</p>
          ) : (
            <Links node={node} />
          ))}
        {part === 'links' && <LinkedFrom traceId={trace.traceId} span={span} />}
      </div>
    </section>
  );
}

/** The latency of the span's service around the span. */
function metricsOf({ service, startNs, durationNs }: Span) {
  const start = nanosToMillis(startNs);
  return metricsAround(service, start, start + durationNs / 1e6);
}

function sentTime(nanos: string): string {
  return nanos === '0' ? 'not sent' : formatExactTime(nanos);
}

/** What the sender, or a limit here, did not keep. */
function describeDropped({ attributes, events, links }: NonNullable<Span['dropped']>): string {
  const parts = [
    [attributes, 'attributes'],
    [events, 'events'],
    [links, 'links'],
  ] as const;
  return parts.flatMap(([count, what]) => (count > 0 ? `${formatCount(count)} ${what}` : [])).join(', ');
}

function Events({ node: { span } }: { node: SpanNode }) {
  return span.events.map((event, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: events have no identity and never move
    <section key={index} className="pb-2">
      <h3 className="flex gap-2 px-3 py-1 text-sm font-medium">
        <span className="font-mono text-xs leading-5 text-muted">
          {event.timeNs === '0' ? 'time unknown' : formatOffset(nanosBetween(span.startNs, event.timeNs))}
        </span>
        {showPlainText(event.name)}
      </h3>
      <AttributeTable attributes={event.attributes} empty="No attributes." />
      {event.dropped !== undefined && (
        <p className="px-3 text-xs text-muted">{formatCount(event.dropped)} attributes were left out.</p>
      )}
    </section>
  ));
}

function Links({ node: { span } }: { node: SpanNode }) {
  return span.links.map((link) => (
    <section key={`${link.traceId}${link.spanId}`} className="pb-2">
      <h3 className="px-3 py-1 font-mono text-xs">
        <Link
          to="/traces/$traceId"
          params={{ traceId: link.traceId }}
          search={(before) => ({ ...keepTime(before), span: link.spanId })}
          className="text-accent hover:underline"
        >
          {link.traceId} · {link.spanId}
        </Link>
      </h3>
      <AttributeTable attributes={link.attributes} empty="No attributes." />
    </section>
  ));
}
