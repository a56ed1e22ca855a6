import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

export interface View {
  x: number;
  y: number;
  scale: number;
}

const least = 0.15;
/** A large drawing opens no smaller than its names can be read, from its beginning. */
const leastOpened = 0.3;
const most = 2;
/** Where there is room for more, as on wide screens. */
const fitted = 1.25;
const margin = 24;
/** Of the frame's lower end, where its controls stand. */
const foot = 50;
/** Pixels of a drag that is none yet: a click moves the hand a little. */
const slack = 4;

/**
 * Moving about on a drawing of this size: by dragging, wheel and keys; fitted to its frame until the reader moves it. `isPart`: it is
 * larger than that, and opened at its beginning.
 */
export function usePanZoom({ width, height }: { width: number; height: number }) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>({ x: margin, y: margin, scale: 1 });
  const moved = useRef(false);
  const asWhole = useRef(false);
  const [isPart, setPart] = useState(false);
  const drag = useRef<{ x: number; y: number; from: View } | null>(null);

  const open = useCallback(() => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || width === 0 || height === 0) return;
    const whole = Math.min((box.width - 2 * margin) / width, (box.height - margin - foot) / height);
    const scale = Math.min(fitted, Math.max(asWhole.current ? least : leastOpened, whole));
    setPart(scale > whole);
    setView({
      x: Math.max(margin, (box.width - width * scale) / 2),
      y: Math.max(margin, (box.height - foot - height * scale + margin) / 2),
      scale,
    });
    moved.current = false;
  }, [width, height]);
  const showAll = useCallback(() => {
    asWhole.current = true;
    open();
  }, [open]);

  useEffect(() => {
    if (!moved.current) open();
    const element = frame.current;
    if (!element) return;
    const resized = new ResizeObserver(() => !moved.current && open());
    resized.observe(element);
    return () => resized.disconnect();
  }, [open]);

  const zoomAt = useCallback((factor: number, x: number, y: number) => {
    moved.current = true;
    setView((before) => {
      const scale = Math.min(most, Math.max(least, before.scale * factor));
      const grown = scale / before.scale;
      return { scale, x: x - (x - before.x) * grown, y: y - (y - before.y) * grown };
    });
  }, []);

  // React's own listener could not keep the page from scrolling.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [zoomAt]);

  const zoom = (factor: number) => {
    const box = frame.current?.getBoundingClientRect();
    if (box) zoomAt(factor, box.width / 2, box.height / 2);
  };

  /** Moves so far that this rectangle of the drawing is seen. */
  const show = useCallback((x: number, y: number, w: number, h: number) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return;
    setView((before) => {
      const [left, top] = [before.x + x * before.scale, before.y + y * before.scale];
      const [right, bottom] = [left + w * before.scale, top + h * before.scale];
      const by = (low: number, high: number, size: number) =>
        low < margin ? margin - low : high > size - margin ? size - margin - high : 0;
      const [dx, dy] = [by(left, right, box.width), by(top, bottom, box.height - foot + margin)];
      return dx === 0 && dy === 0 ? before : { ...before, x: before.x + dx, y: before.y + dy };
    });
  }, []);

  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button === 0) drag.current = { x: event.clientX, y: event.clientY, from: view };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const began = drag.current;
      if (!began) return;
      const [dx, dy] = [event.clientX - began.x, event.clientY - began.y];
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) {
        if (Math.hypot(dx, dy) < slack) return;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      moved.current = true;
      setView({ ...began.from, x: began.from.x + dx, y: began.from.y + dy });
    },
    onPointerUp: () => {
      drag.current = null;
    },
    onPointerCancel: () => {
      drag.current = null;
    },
  };
  return { frame, view, isPart, showAll, zoom, show, handlers };
}
