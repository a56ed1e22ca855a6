import { Activity } from 'lucide-react';
import { memo } from 'react';
import { lineText } from '../../../shared/line-text';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatClock } from '../../client/format-time';
import { classNames } from '../../ui/class-names';
import { levelLook } from '../../ui/level-look';
import { MarkText } from '../../ui/mark-text';
import { serviceColour } from '../../ui/service-colour';
import type { LogLine } from './log-buffer';
import { logRowHeight } from './log-list';
import { mostWrappedLines, wrappedHeight, wrappedLineHeight } from './wrapped-height';

/** A row shows no more of a line than fits the widest screens. */
const shownCharacters = 600;
const shownWrapped = 4000;

interface LogRowProps {
  line: LogLine;
  top: number;
  selected: boolean;
  /** Texts that are searched for. */
  needles: readonly string[];
  /** Characters after which the text wraps; null keeps it on one line. */
  columns: number | null;
  onSelect: (line: LogLine) => void;
  onOpenTrace: (line: LogLine) => void;
}

export const LogRow = memo(function LogRow({
  line,
  top,
  selected,
  needles,
  columns,
  onSelect,
  onOpenTrace,
}: LogRowProps) {
  const look = levelLook(line.level);
  const wraps = columns !== null;
  return (
    <div
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onClick={() => onSelect(line)}
      onKeyDown={(event) => event.key === 'Enter' && onSelect(line)}
      className={classNames(
        'absolute inset-x-0 flex cursor-default gap-2.5 pr-3 font-mono text-xs whitespace-pre',
        wraps ? 'items-start' : 'items-center',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
      style={{
        height: wraps ? wrappedHeight(line, columns) : logRowHeight,
        transform: `translateY(${top}px)`,
        ...(wraps && { lineHeight: `${wrappedLineHeight}px`, paddingBlock: (logRowHeight - wrappedLineHeight) / 2 }),
      }}
    >
      <span aria-hidden className={classNames('w-0.5 shrink-0 self-stretch', look.bar)} />
      <span className="shrink-0 text-muted">{formatClock(line.timeNs)}</span>
      <span className={classNames('w-16 shrink-0 uppercase', look.text)}>
        {line.level === 'unknown' ? '–' : line.level}
      </span>
      <span className="flex w-32 shrink-0 items-center gap-1.5 overflow-hidden text-muted">
        <span aria-hidden className="size-2 shrink-0 rounded-sm" style={{ background: serviceColour(line.service) }} />
        <span className="truncate">{line.service}</span>
      </span>
      <span
        data-log-text
        className={classNames(
          'min-w-0 flex-1 text-ink',
          wraps ? 'overflow-hidden break-all whitespace-pre-wrap' : 'truncate',
        )}
        style={wraps ? { maxHeight: mostWrappedLines * wrappedLineHeight } : undefined}
      >
        <MarkText text={wraps ? wrappedText(line) : firstLine(line)} needles={needles} />
      </span>
      {line.traceId && (
        <a
          href={`/traces/${line.traceId}`}
          aria-label="Open the trace"
          title="Open the trace"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpenTrace(line);
          }}
          className="shrink-0 text-faint hover:text-accent"
        >
          <Activity size={13} />
        </a>
      )}
    </div>
  );
});

function firstLine(line: LogLine): string {
  return showPlainText(lineText(line).slice(0, shownCharacters).replaceAll('\n', ' ⏎ '));
}

function wrappedText(line: LogLine): string {
  return showPlainText(lineText(line).slice(0, shownWrapped));
}
