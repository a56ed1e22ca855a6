import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import type { TimeRange } from '../time-window';
import { allOrLive, drawBrush, moveBrush, rangeOfBrush, resizeBrush } from './move-brush';

interface BrushOptions {
  track: RefObject<HTMLElement | null>;
  range: TimeRange;
  chosen: TimeWindow;
  extent: TimeWindow;
  onChange: (range: TimeRange) => void;
}

type Grip = 'from' | 'to' | 'brush' | 'track';

interface Held {
  grip: Grip;
  /** Where the pointer took hold: its time, and where it was on the screen. */
  at: number;
  x: number;
  moved: boolean;
  brush: TimeWindow;
  extent: TimeWindow;
}

/** A movement of less is a click. */
const clickPx = 3;
/** Of the window, with one press of an arrow. */
const keyShare = 0.25;

/** The brush as it is dragged or moved by keys: what it would be stands until it is let go, or Enter is pressed. */
export function useBrush({ track, range, chosen, extent: current, onChange }: BrushOptions) {
  const held = useRef<Held | null>(null);
  const [draft, setDraft] = useState<{ brush: TimeWindow; extent: TimeWindow; byKeys: boolean } | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  // Nothing moves under the pointer, while time goes on.
  const extent = draft?.extent ?? current;
  const shown = draft?.brush ?? chosen;

  const timeAt = ({ clientX }: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    const share = box && box.width > 0 ? (clientX - box.left) / box.width : 0;
    return extent.from + Math.max(0, Math.min(1, share)) * (extent.to - extent.from);
  };
  const cancel = () => {
    held.current = null;
    setDraft(null);
  };
  const set = (brush: TimeWindow) => {
    cancel();
    onChange(rangeOfBrush(brush, extent));
  };
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const grip = gripOf(event.target);
    held.current = { grip, at: timeAt(event), x: event.clientX, moved: false, brush: shown, extent };
    event.currentTarget.setPointerCapture?.(event.pointerId);
    track.current?.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true });
    event.preventDefault();
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const at = timeAt(event);
    setPointed(at);
    const from = held.current;
    if (!from) return;
    from.moved ||= Math.abs(event.clientX - from.x) >= clickPx;
    if (from.moved) setDraft({ brush: dragged(from, at), extent: from.extent, byKeys: false });
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    const from = held.current;
    if (!from) return;
    if (from.moved) set(dragged(from, timeAt(event)));
    else if (from.grip === 'track') {
      const middle = (from.brush.from + from.brush.to) / 2;
      set(moveBrush(from.brush, from.at - middle, extent));
    } else held.current = null;
  };
  const press = (event: KeyboardEvent) => {
    const next = moved(event, shown, extent);
    if (next) setDraft({ brush: next, extent, byKeys: true });
    else if (event.key === 'Enter' && draft) set(shown);
    else if (event.key === 'Escape' && draft) cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    shown,
    extent,
    pointed,
    isDraft: draft?.byKeys ?? false,
    cancel,
    onKeyDown: press,
    handlers: {
      onPointerDown: down,
      onPointerMove: move,
      onPointerUp: up,
      onPointerCancel: cancel,
      onPointerLeave: () => setPointed(null),
      onDoubleClick: () => {
        cancel();
        onChange(allOrLive(range, extent));
      },
    },
  };
}

function gripOf(target: EventTarget): Grip {
  const grip = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-grip]')?.dataset.grip : undefined;
  return grip === 'from' || grip === 'to' || grip === 'brush' ? grip : 'track';
}

function dragged({ grip, at, brush, extent }: Held, now: number): TimeWindow {
  if (grip === 'track') return drawBrush(at, now, extent);
  if (grip === 'brush') return moveBrush(brush, now - at, extent);
  return resizeBrush(brush, grip, brush[grip] + now - at, extent);
}

/** Arrows move it, with Shift left and right its begin, up and down its end; Home and End lead to the oldest and the newest. */
function moved({ key, shiftKey }: KeyboardEvent, brush: TimeWindow, extent: TimeWindow): TimeWindow | null {
  const by = keyShare * (brush.to - brush.from);
  if (shiftKey) {
    if (key === 'ArrowLeft') return resizeBrush(brush, 'from', brush.from - by, extent);
    if (key === 'ArrowRight') return resizeBrush(brush, 'from', brush.from + by, extent);
    if (key === 'ArrowUp') return resizeBrush(brush, 'to', brush.to + by, extent);
    return key === 'ArrowDown' ? resizeBrush(brush, 'to', brush.to - by, extent) : null;
  }
  if (key === 'ArrowLeft') return moveBrush(brush, -by, extent);
  if (key === 'ArrowRight') return moveBrush(brush, by, extent);
  if (key === 'Home') return moveBrush(brush, Number.NEGATIVE_INFINITY, extent);
  return key === 'End' ? moveBrush(brush, Number.POSITIVE_INFINITY, extent) : null;
}
