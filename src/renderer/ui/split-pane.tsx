import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { classNames } from './class-names';

interface SplitPaneProps {
  /** Names the place where the size is remembered. */
  name: string;
  /** Where `side` stands. */
  place: 'right' | 'bottom';
  /** Size of the side at first, CSS pixels. */
  initial: number;
  min?: number;
  children: ReactNode;
  /** Absent: the main part takes everything. */
  side: ReactNode | null;
}

const keyStep = 24;

/** A main part and a side part with a border to drag between them; arrow keys move it too. */
export function SplitPane({ name, place, initial, min = 200, children, side }: SplitPaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const storageKey = `split:${name}`;
  const [size, setSize] = useState(() => Number(localStorage.getItem(storageKey)) || initial);
  const horizontal = place === 'right';

  const resize = (wanted: number) => {
    const box = frame.current?.getBoundingClientRect();
    const whole = box ? (horizontal ? box.width : box.height) : Number.POSITIVE_INFINITY;
    const next = Math.round(Math.max(min, Math.min(wanted, whole - min)));
    setSize(next);
    localStorage.setItem(storageKey, String(next));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(horizontal ? box.right - event.clientX : box.bottom - event.clientY);
  };
  const step = (event: KeyboardEvent) => {
    if (event.key === (horizontal ? 'ArrowLeft' : 'ArrowUp')) resize(size + keyStep);
    else if (event.key === (horizontal ? 'ArrowRight' : 'ArrowDown')) resize(size - keyStep);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={frame} className={classNames('flex min-h-0 min-w-0 flex-1', horizontal ? 'flex-row' : 'flex-col')}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      {side && (
        <>
          <hr
            aria-label="Resize"
            aria-orientation={horizontal ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            tabIndex={0}
            onKeyDown={step}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            className={classNames(
              'z-10 m-0 shrink-0 border-0 bg-line hover:bg-accent focus-visible:bg-accent',
              horizontal ? 'h-full w-px cursor-col-resize px-px' : 'h-px w-full cursor-row-resize py-px',
            )}
          />
          <div
            className="flex min-h-0 min-w-0 shrink-0 flex-col"
            style={horizontal ? { width: size, maxWidth: '75%' } : { height: size, maxHeight: '75%' }}
          >
            {side}
          </div>
        </>
      )}
    </div>
  );
}
