import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ScrollText } from 'lucide-react';
import { useRef } from 'react';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { formatOffset } from '../../../../shared/format-duration';
import { lineText } from '../../../../shared/line-text';
import { nanosBetween } from '../../../../shared/nanos-between';
import { showPlainText } from '../../../../shared/show-plain-text';
import { mostTraceLogs } from '../../../../shared/trace/trace-logs-request';
import { formatCount } from '../../../client/format-number';
import type { LogsSearch } from '../../../page/page-search';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { levelLook } from '../../../ui/marks/level-look';
import { ServiceDot } from '../../../ui/marks/service-dot';

/** A row shows no more of a line. */
const shownCharacters = 600;

interface TraceLogsProps {
  logs: readonly LogRecord[];
  traceStartNs: string;
  selectedSpan: string | undefined;
  /** The line whose record is shown beside. */
  opened: LogRecord | null;
  onOpen: (log: LogRecord) => void;
  /** LogQL and times for the Logs page. */
  search: LogsSearch;
}

/** The log lines of a trace with their time on the trace's own axis; those of the selected span stand out. */
export function TraceLogs({ logs, traceStartNs, selectedSpan, opened, onOpen, search }: TraceLogsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: logs.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 24,
    overscan: 10,
  });
  return (
    <section
      aria-label="Logs of the trace"
      data-testid="trace-logs"
      className="flex min-h-0 flex-1 flex-col bg-surface"
    >
      <h2 className="flex h-8 shrink-0 items-center gap-2 border-b border-line px-3 text-sm font-semibold whitespace-nowrap">
        Logs of this trace{' '}
        <span className="font-normal text-muted tabular">
          {logs.length < mostTraceLogs ? formatCount(logs.length) : `the first ${formatCount(logs.length)}`}
        </span>
        <Button size="sm" tone="quiet" className="ml-auto" render={<Link to="/logs" search={search} />}>
          <ScrollText size={13} aria-hidden /> Open in Logs
        </Button>
      </h2>
      <div ref={frame} className="min-h-0 flex-1 overflow-y-auto">
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const log = logs[index]!;
            return (
              <button
                type="button"
                key={index}
                className={classNames(
                  'absolute inset-x-0 flex h-6 items-center gap-2 px-3 text-left font-mono text-xs hover:bg-hover',
                  log === opened
                    ? 'bg-selected font-medium'
                    : log.spanId !== undefined && log.spanId === selectedSpan && 'bg-selected',
                )}
                style={{ transform: `translateY(${start}px)` }}
                aria-pressed={log === opened}
                onClick={() => onOpen(log)}
              >
                <span className="w-20 shrink-0 text-right text-muted">
                  {formatOffset(Math.max(0, nanosBetween(traceStartNs, log.timeNs)))}
                </span>
                <span className={classNames('w-16 shrink-0 uppercase', levelLook(log.level).text)}>{log.level}</span>
                <ServiceDot service={log.service} className="w-36 shrink-0 text-muted" />
                <span className="truncate">{showPlainText(lineText(log).slice(0, shownCharacters))}</span>
              </button>
            );
          })}
        </div>
      </div>
    </section>
  );
}
