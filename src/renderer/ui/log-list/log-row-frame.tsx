import type { CSSProperties, ReactNode } from 'react';
import { formatClock } from '../../client/format-time';
import { classNames } from '../class-names';
import { levelLook } from '../marks/level-look';
import { logRowHeight } from './log-list';

interface LogRowFrameProps {
  /** As of `LogRecord`. */
  level: string;
  /** Unix nanoseconds. */
  timeNs: string;
  /** CSS pixels from the top of the list. */
  top: number;
  selected: boolean;
  onSelect: () => void;
  /** Of a row that wraps; it is `logRowHeight` high otherwise. */
  wrapped?: CSSProperties | undefined;
  children: ReactNode;
}

/** What every row of a log list has: its place, bar, time and level. The text is the caller's. */
export function LogRowFrame({ level, timeNs, top, selected, onSelect, wrapped, children }: LogRowFrameProps) {
  const look = levelLook(level);
  return (
    <div
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onClick={onSelect}
      onKeyDown={(event) => event.key === 'Enter' && onSelect()}
      className={classNames(
        'absolute inset-x-0 flex cursor-default gap-2.5 pr-3 font-mono text-xs whitespace-pre',
        wrapped ? 'items-start' : 'items-center',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
      style={{ height: logRowHeight, transform: `translateY(${top}px)`, ...wrapped }}
    >
      <span aria-hidden className={classNames('w-0.5 shrink-0 self-stretch', look.bar)} />
      <span className="shrink-0 text-muted">{formatClock(timeNs)}</span>
      <span className={classNames('w-16 shrink-0 uppercase', look.text)}>{level === 'unknown' ? '–' : level}</span>
      {children}
    </div>
  );
}
