import type { KeyboardEvent } from 'react';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { formatDateTime } from '../../client/format-time';
import { classNames } from '../../ui/class-names';

interface ScrubberBrushProps {
  /** Shares of the extent, 0 to 1. */
  from: number;
  to: number;
  /** Moved by keys, and not set yet. */
  isDraft: boolean;
  extent: TimeWindow;
  window: TimeWindow;
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: () => void;
}

const grip =
  'absolute -inset-y-0.5 z-10 w-3 cursor-ew-resize after:absolute after:inset-y-1.5 after:left-1/2 after:w-[3px] after:-translate-x-1/2 after:rounded-full after:bg-accent';

/** The chosen window on the bar, with a handle at either end. However short it is, it can be seen and taken hold of. */
export function ScrubberBrush({ from, to, isDraft, extent, window, onKeyDown, onBlur }: ScrubberBrushProps) {
  const left = 100 * Math.max(0, Math.min(1, from));
  const width = 100 * Math.max(0, Math.min(1, to)) - left;
  return (
    // The handles stand outside of a short window, so that it can be moved as well.
    <div
      data-grip="brush"
      role="slider"
      tabIndex={0}
      aria-label="Time window"
      aria-valuemin={Math.round(extent.from)}
      aria-valuemax={Math.round(extent.to)}
      aria-valuenow={Math.round(window.from)}
      aria-valuetext={`${formatDateTime(window.from)} to ${formatDateTime(window.to)}${isDraft ? ', Enter sets it' : ''}`}
      aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown Home End Enter"
      title="Drag to move the window, its ends to resize it, beside it to choose another. A double click shows all that is kept, and again what is newest."
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      className={classNames(
        'absolute -inset-y-0.5 z-10 min-w-2 cursor-grab rounded-sm border bg-accent/10 -outline-offset-1 active:cursor-grabbing',
        isDraft ? 'border-dashed border-accent' : 'border-accent/60',
      )}
      style={{ left: `min(${left}%, 100% - 8px)`, width: `${width}%` }}
    >
      <span data-grip="from" aria-hidden className={classNames(grip, '-left-2.5')} />
      <span data-grip="to" aria-hidden className={classNames(grip, '-right-2.5')} />
    </div>
  );
}
