import { memo } from 'react';
import type { ServiceLogLine } from '../../../shared/contract/stack';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatClock, millisToNanos } from '../../client/format-time';
import { classNames } from '../../ui/class-names';
import { levelLook } from '../../ui/level-look';
import type { Numbered } from '../logs/log-buffer';
import { logRowHeight } from '../logs/log-list';
import { readLineLevel } from './read-line-level';

/** A row shows no more of a line than fits the widest screens. */
const shownCharacters = 600;

interface ServiceLogRowProps {
  line: Numbered<ServiceLogLine>;
  top: number;
  selected: boolean;
  onSelect: (line: Numbered<ServiceLogLine>) => void;
}

export const ServiceLogRow = memo(function ServiceLogRow({ line, top, selected, onSelect }: ServiceLogRowProps) {
  const level = readLineLevel(line.text);
  const look = levelLook(level);
  return (
    <div
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onClick={() => onSelect(line)}
      onKeyDown={(event) => event.key === 'Enter' && onSelect(line)}
      className={classNames(
        'absolute inset-x-0 flex cursor-default items-center gap-2.5 pr-3 font-mono text-xs whitespace-pre',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
      style={{ height: logRowHeight, transform: `translateY(${top}px)` }}
    >
      <span aria-hidden className={classNames('h-full w-0.5 shrink-0', look.bar)} />
      <span className="shrink-0 text-muted">{formatClock(millisToNanos(line.at))}</span>
      <span className={classNames('w-16 shrink-0 uppercase', look.text)}>{level === 'unknown' ? '–' : level}</span>
      <span className="min-w-0 flex-1 truncate text-ink">{showPlainText(line.text.slice(0, shownCharacters))}</span>
    </div>
  );
});
