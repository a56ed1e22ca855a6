import { ChevronLeft } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { classNames } from '../class-names';
import { Button } from '../controls/button';
import { usePaneFit } from './use-pane-fit';

interface SplitPaneProps {
  /** Names the place where the size is remembered. */
  name: string;
  /** Where `side` stands. In a narrow frame what would stand at the right stands below, or over the main part. */
  place: 'right' | 'bottom';
  /** Size of the side at first, CSS pixels. */
  initial: number;
  min?: number;
  children: ReactNode;
  /** Absent: the main part takes everything. */
  side: ReactNode | null;
  /** The way back to the main part, where the side covers it. */
  back?: { label: string; run: () => void };
}

const keyStep = 24;

/** A main part and a side part with a border to drag between them; arrow keys move it too. */
export function SplitPane({ name, place, initial, min = 200, children, side, back }: SplitPaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const fit = usePaneFit(frame);
  const covers = place === 'right' && fit === 'over' && back !== undefined;
  const horizontal = place === 'right' && fit === 'beside';
  const storageKey = place === 'right' && !horizontal ? `split:${name}:below` : `split:${name}`;
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const kept = chosen[storageKey] ?? (Number(localStorage.getItem(storageKey)) || null);
  const size = kept ?? initial;

  const resize = (wanted: number) => {
    const box = frame.current?.getBoundingClientRect();
    const whole = box ? (horizontal ? box.width : box.height) : Number.POSITIVE_INFINITY;
    const next = Math.round(Math.max(min, Math.min(wanted, whole - min)));
    setChosen({ ...chosen, [storageKey]: next });
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
  // Below, until somebody moves the border, more is left to the main part, which has the rows.
  const most = horizontal || kept !== null ? '75%' : place === 'right' ? '55%' : '40%';

  return (
    <div
      ref={frame}
      className={classNames('relative flex min-h-0 min-w-0 flex-1', horizontal ? 'flex-row' : 'flex-col')}
    >
      <div className="flex min-h-0 min-w-0 flex-1 flex-col" inert={covers && Boolean(side)}>
        {children}
      </div>
      {side && covers && (
        <div className="absolute inset-0 z-20 flex min-h-0 flex-col bg-surface">
          <div className="shrink-0 border-b border-line px-2 py-1">
            <Button size="sm" tone="quiet" onClick={back.run}>
              <ChevronLeft size={14} aria-hidden />
              {back.label}
            </Button>
          </div>
          <div className="flex min-h-0 flex-1 flex-col">{side}</div>
        </div>
      )}
      {side && !covers && (
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
            style={horizontal ? { width: size, maxWidth: most } : { height: size, maxHeight: most }}
          >
            {side}
          </div>
        </>
      )}
    </div>
  );
}
