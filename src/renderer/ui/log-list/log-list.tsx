import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { formatCount } from '../../client/format-number';
import { Button } from '../controls/button';
import type { LogView, Numbered } from './log-buffer';

interface LogListProps<Record> {
  view: LogView<Record>;
  /** Held by the pause button: scrolling to the end does not go on. */
  paused: boolean;
  live: boolean;
  selectedId: number | null;
  /** A row of `logRowHeight`, set at `top`. */
  renderRow: (line: Numbered<Record>, top: number) => ReactNode;
  hold: () => void;
  release: () => void;
  /** CSS pixels, the same whenever it is asked for a line; `logRowHeight` where it is absent. */
  heightOf?: (line: Numbered<Record>) => number;
  /** Told the element that the rows fill. */
  textArea?: (element: HTMLElement | null) => void;
  /** Absent: no older lines lie in the window. */
  loadOlder?: () => void;
}

/** CSS pixels. */
export const logRowHeight = 22;
const overscan = 6;
/** Rows are drawn into this many reused elements: more than fit any screen. */
const slots = 256;

/** Sticks to the newest line only while the reader is there; scrolled away it holds still and counts. */
export function LogList<Record>({
  view,
  paused,
  live,
  selectedId,
  renderRow,
  hold,
  release,
  heightOf,
  textArea,
  loadOlder,
}: LogListProps<Record>) {
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const firstId = useRef<number | undefined>(undefined);
  const { lines, held, waiting } = view;
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (heightOf && lines[index] ? heightOf(lines[index]) : logRowHeight),
    // Heights belong to lines, not to places: lines move up when the oldest go.
    ...(heightOf && { getItemKey: (index: number) => lines[index]?.id ?? index }),
    overscan,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights of the same lines
  useLayoutEffect(() => rows.measure(), [heightOf]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const first = lines[0]?.id;
    const before = firstId.current;
    firstId.current = first;
    if (!held) element.scrollTop = element.scrollHeight;
    else if (first !== undefined && before !== undefined && first < before) {
      // Older lines came in front: the line under the pointer stays where it is.
      const older = lines.slice(
        0,
        lines.findIndex(({ id }) => id === before),
      );
      element.scrollTop += heightOf
        ? older.reduce((sum, line) => sum + heightOf(line), 0)
        : older.length * logRowHeight;
    }
    lastTop.current = element.scrollTop;
  }, [lines, held, heightOf]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || held) return;
    // A banner or the details take height away: the newest line stays in sight.
    const resized = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight;
      lastTop.current = element.scrollTop;
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, [held]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection moves the list
  useEffect(() => {
    const index = lines.findIndex(({ id }) => id === selectedId);
    if (index >= 0 && held) rows.scrollToIndex(index, { align: 'auto' });
  }, [selectedId]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < logRowHeight;
    const moved = element.scrollTop - lastTop.current;
    lastTop.current = element.scrollTop;
    if (moved < 0 && !atEnd) hold();
    else if (moved > 0 && atEnd && !paused) release();
  };

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="listbox"
        aria-label="Log lines"
        tabIndex={0}
        onScroll={onScroll}
        className="h-full overflow-y-auto overscroll-contain bg-surface [overflow-anchor:none] focus-visible:outline-offset-[-2px]"
      >
        {loadOlder && (
          <div className="flex h-8 items-center justify-center">
            <Button size="sm" tone="quiet" onClick={loadOlder}>
              Load older lines
            </Button>
          </div>
        )}
        <div ref={textArea} className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = lines[row.index];
            return line && <Fragment key={row.index % slots}>{renderRow(line, row.start)}</Fragment>;
          })}
        </div>
      </div>
      {held && live && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button tone="primary" className="shadow-popup" onClick={release}>
            <ArrowDown size={14} aria-hidden />
            <span className="tabular">{waiting > 0 ? `${formatCount(waiting)} new` : 'Go to the newest'}</span>
          </Button>
        </div>
      )}
    </div>
  );
}
