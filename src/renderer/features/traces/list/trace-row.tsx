import { Link } from '@tanstack/react-router';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatClock, formatExactTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import type { ColumnWidths } from '../../../ui/list/use-column-widths';
import { Badge } from '../../../ui/marks/badge';
import { serviceColour } from '../../../ui/marks/service-colour';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { type DurationRange, durationShare } from './duration-share';
import { columnValue, type ListColumn } from './list-columns';
import { chosenWidth, traceColumns } from './trace-columns';

export const traceRowHeight = 32;
const shownDots = 5;

interface TraceRowProps {
  trace: TraceSummary;
  /** Of the list: the scale of the bar. */
  range: DurationRange;
  /** Of the attributes that the query selects. */
  columns: readonly ListColumn[];
  /** Whether the reader chose them. */
  chosen: boolean;
  widths: ColumnWidths;
  selected: boolean;
}

export function TraceRow({ trace, range, columns, chosen, widths, selected }: TraceRowProps) {
  const rooted = trace.rootName !== '' || trace.rootService !== '';
  const others = trace.services.filter(({ name }) => name !== trace.rootService);
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId: trace.traceId }}
      search={keepTime}
      data-trace={trace.traceId}
      aria-current={selected || undefined}
      className={classNames(
        traceColumns.row,
        'h-8 border-b border-line text-sm tabular hover:bg-hover',
        selected && 'bg-selected',
      )}
    >
      <time
        className={classNames(traceColumns.time, 'font-mono text-xs text-muted')}
        title={formatExactTime(trace.startNs)}
      >
        {formatClock(trace.startNs)}
      </time>
      <span
        className={classNames(traceColumns.name, 'flex items-center gap-2 overflow-hidden whitespace-nowrap')}
        style={chosenWidth(widths, 'Root span')}
      >
        {rooted ? (
          <>
            <ServiceDot service={trace.rootService} className="max-w-48 shrink-0 text-muted" />
            <span className="truncate font-medium" title={showPlainText(trace.rootName)}>
              {showPlainText(trace.rootName)}
            </span>
          </>
        ) : (
          <span className="truncate text-faint">root span not received yet</span>
        )}
      </span>
      {columns.map((column) => {
        const value = showPlainText(columnValue(trace, column) ?? '');
        return (
          <span
            key={column.title}
            className={classNames(
              traceColumns[column.look],
              traceColumns[chosen ? 'chosen' : 'standing'],
              'truncate font-mono text-xs',
              column.look === 'status' && toneOfStatus(value),
            )}
            style={chosenWidth(widths, column.title)}
            title={value}
          >
            {value || <span className="text-faint">–</span>}
          </span>
        );
      })}
      <span className={traceColumns.errors}>
        {trace.errorCount > 0 && (
          <Badge tone="bad">
            {formatCount(trace.errorCount)} {trace.errorCount === 1 ? 'error' : 'errors'}
          </Badge>
        )}
      </span>
      <span
        className={classNames(traceColumns.services, 'overflow-hidden')}
        style={chosenWidth(widths, 'Other services')}
        title={trace.services
          .map(({ name, spans }) => `${showPlainText(name)}: ${formatCount(spans)} spans`)
          .join('\n')}
      >
        <span className="flex items-center gap-1 whitespace-nowrap">
          {others.slice(0, shownDots).map(({ name }) => (
            <ServiceDot key={name} service={name} bare />
          ))}
          {others.length > 0 && (
            <span className="truncate text-xs text-faint">{describeOthers(others.length, rooted)}</span>
          )}
        </span>
      </span>
      <span className={classNames(traceColumns.spans, 'text-xs text-muted')}>{formatCount(trace.spanCount)}</span>
      <span className={traceColumns.bar} style={chosenWidth(widths, 'Bars')} aria-hidden>
        <span
          className="block h-1.5 rounded-sm"
          style={{
            width: `${durationShare(trace.durationNs, range) * 100}%`,
            background: trace.errorCount > 0 ? 'var(--color-bad)' : serviceColour(trace.rootService),
          }}
        />
      </span>
      <span className={classNames(traceColumns.duration, 'font-mono text-xs')}>{formatDuration(trace.durationNs)}</span>
    </Link>
  );
}

/** As HTTP has it: 4xx the caller's fault, 5xx the server's. */
function toneOfStatus(value: string): string {
  return /\b5\d\d\b/.test(value) ? 'text-bad' : /\b4\d\d\b/.test(value) ? 'text-warn' : '';
}

/** Without its root, none of a trace's services is another one. */
function describeOthers(count: number, rooted: boolean): string {
  if (!rooted) return count === 1 ? '1 service' : `${count} services`;
  return count === 1 ? '1 more' : `${count} more`;
}
