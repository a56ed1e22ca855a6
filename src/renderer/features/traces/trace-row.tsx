import { Link } from '@tanstack/react-router';
import type { TraceSummary } from '../../../shared/contract/telemetry';
import { keepTime } from '../../app/time-window';
import { formatDuration } from '../../client/format-duration';
import { formatCount } from '../../client/format-number';
import { formatClock, formatExactTime } from '../../client/format-time';
import { showPlainText } from '../../client/show-plain-text';
import { Badge } from '../../ui/badge';
import { classNames } from '../../ui/class-names';
import { serviceColour } from '../../ui/service-colour';
import { ServiceDot } from '../../ui/service-dot';

export const traceRowHeight = 32;

interface TraceRowProps {
  trace: TraceSummary;
  /** Longest duration in the list, nanoseconds: the length of a full bar. */
  longest: number;
  selected: boolean;
}

export function TraceRow({ trace, longest, selected }: TraceRowProps) {
  const others = trace.services.filter(({ name }) => name !== trace.rootService);
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId: trace.traceId }}
      search={keepTime}
      data-trace={trace.traceId}
      aria-current={selected || undefined}
      className={classNames(
        'flex h-8 items-center gap-3 border-b border-line px-4 text-sm tabular hover:bg-hover',
        selected && 'bg-selected',
      )}
    >
      <time className="w-24 shrink-0 font-mono text-xs text-muted" title={formatExactTime(trace.startNs)}>
        {formatClock(trace.startNs)}
      </time>
      <span className="flex min-w-0 flex-1 items-center gap-2">
        {trace.rootName === '' && trace.rootService === '' ? (
          <span className="text-faint">root span not received yet</span>
        ) : (
          <>
            <ServiceDot service={trace.rootService} className="max-w-48 shrink-0 text-muted" />
            <span className="truncate font-medium">{showPlainText(trace.rootName)}</span>
          </>
        )}
        {trace.errorCount > 0 && (
          <Badge tone="bad">
            {formatCount(trace.errorCount)} {trace.errorCount === 1 ? 'error' : 'errors'}
          </Badge>
        )}
      </span>
      <span
        className="hidden w-32 shrink-0 items-center gap-1 lg:flex"
        title={others.map(({ name, spans }) => `${name}: ${spans} spans`).join('\n')}
      >
        {others.slice(0, 6).map(({ name }) => (
          <ServiceDot key={name} service={name} bare />
        ))}
        {others.length > 0 && (
          <span className="text-xs text-faint">
            {others.length} more {others.length === 1 ? 'service' : 'services'}
          </span>
        )}
      </span>
      <span className="w-20 shrink-0 text-right text-xs text-muted">
        {formatCount(trace.spanCount)} {trace.spanCount === 1 ? 'span' : 'spans'}
      </span>
      <span className="hidden w-32 shrink-0 md:block" aria-hidden>
        <span
          className="block h-1.5 min-w-px rounded-sm"
          style={{
            width: `${(trace.durationNs / longest) * 100}%`,
            background: trace.errorCount > 0 ? 'var(--color-bad)' : serviceColour(trace.rootService),
          }}
        />
      </span>
      <span className="w-20 shrink-0 text-right font-mono text-xs">{formatDuration(trace.durationNs)}</span>
    </Link>
  );
}
