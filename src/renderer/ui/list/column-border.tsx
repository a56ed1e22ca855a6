import type { KeyboardEvent, PointerEvent } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';

const keyStep = 16;

interface ColumnBorderProps {
  name: string;
  /** CSS pixels; null where the column has the width that its place gives it. */
  width: number | null;
  /** Null gives the reader's choice up. */
  onWidth: (width: number | null) => void;
}

/** The right border of a column's head, which stands in an element with a position: dragged, or moved by arrows. */
export function ColumnBorder({ name, width, onWidth }: ColumnBorderProps) {
  const boxOf = (element: HTMLElement) => element.parentElement?.getBoundingClientRect();
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onWidth(event.clientX - (boxOf(event.currentTarget)?.left ?? 0));
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const now = width ?? boxOf(event.currentTarget)?.width ?? 0;
    if (event.key === 'ArrowLeft') onWidth(now - keyStep);
    else if (event.key === 'ArrowRight') onWidth(now + keyStep);
    else if (event.key === 'Delete') onWidth(null);
    else return;
    event.preventDefault();
  };
  return (
    <hr
      aria-label={`Width of ${showPlainText(name)}`}
      aria-orientation="vertical"
      {...(width !== null && { 'aria-valuenow': width })}
      tabIndex={0}
      title="Drag to resize; a double click gives the width back"
      className="absolute inset-y-0 -right-1.5 m-0 h-full w-px cursor-col-resize border-0 bg-line px-px hover:bg-accent focus-visible:bg-accent"
      onKeyDown={step}
      onDoubleClick={() => onWidth(null)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  );
}
