import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import type { Run } from '../../../../shared/runs/run';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { formatCount } from '../../../client/format-number';
import { formatExactTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { Badge } from '../../../ui/marks/badge';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { CopyButton } from '../../../ui/text/copy-button';

interface TraceHeadingProps {
  trace: Trace;
  layout: TraceLayout;
  /** That it belongs to. */
  run: Run | undefined;
}

/** What the trace is: its root, when, how long, how many spans and errors, its run, and its id to copy. */
export function TraceHeading({ trace, layout, run }: TraceHeadingProps) {
  const root = layout.nodes[0]?.span;
  const services = [...new Set(trace.spans.map(({ service }) => service))];
  const errors = trace.spans.filter(({ status }) => status.code === 'error').length;
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 max-[1199px]:basis-full">
      <Link to="/traces" search={keepTime} aria-label="Back to the traces" className="text-muted hover:text-ink">
        <ArrowLeft size={16} />
      </Link>
      <h1 className="flex max-w-[calc(100%-2rem)] min-w-0 items-center gap-2 text-base font-semibold">
        {root && <ServiceDot service={root.service} className="font-normal text-muted" />}
        <span className="truncate">{showPlainText(root?.name ?? '')}</span>
      </h1>
      <span className="font-mono text-sm font-medium">{formatDuration(layout.lasted)}</span>
      {errors > 0 && (
        <Badge tone="bad">
          {formatCount(errors)} {errors === 1 ? 'error' : 'errors'}
        </Badge>
      )}
      <span className="text-xs text-muted tabular" title={services.map(showPlainText).join('\n')}>
        {formatCount(trace.total ?? trace.spans.length)} {trace.spans.length === 1 ? 'span' : 'spans'} ·{' '}
        {services.length} {services.length === 1 ? 'service' : 'services'} ·{' '}
        {formatExactTime(layout.startNs).slice(0, 23)}
      </span>
      {run && (
        <Link
          to="/runs/$ref"
          params={{ ref: run.id }}
          search={keepTime}
          className="max-w-48 truncate text-xs text-accent underline-offset-2 hover:underline"
        >
          run {showPlainText(run.name)}
        </Link>
      )}
      <span className="flex items-center gap-1 font-mono text-xs text-muted">
        {trace.traceId}
        <CopyButton text={trace.traceId} what="the trace id" />
      </span>
    </div>
  );
}
