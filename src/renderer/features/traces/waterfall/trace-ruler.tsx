import { type PointerEvent, useRef, useState } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { serviceColour } from '../../../ui/marks/service-colour';
import { chooseTicks, placeOf, type View } from './time-axis';

interface TraceRulerProps {
  layout: TraceLayout;
  view: View;
  onView: (view: View) => void;
}

/** The whole trace in miniature is drawn with at most this many spans. */
const mostDrawn = 400;

/** Ruler of the view, over a miniature of the whole trace; dragging across it zooms in, a double click shows all again. */
export function TraceRuler({ layout, view, onView }: TraceRulerProps) {
  const area = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ start: number; now: number } | null>(null);
  const whole = { from: 0, to: layout.duration };
  const timeAt = (event: PointerEvent): number => {
    const box = area.current!.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    return view.from + share * (view.to - view.from);
  };
  const finish = () => {
    if (drag) {
      const [from, to] = drag.start < drag.now ? [drag.start, drag.now] : [drag.now, drag.start];
      if (to - from > (view.to - view.from) / 100) onView({ from, to });
    }
    setDrag(null);
  };
  const every = Math.ceil(layout.nodes.length / mostDrawn);
  const drawn = layout.nodes.filter((_, index) => index % every === 0);
  return (
    <div
      ref={area}
      role="application"
      aria-label="Time axis of the trace"
      className="relative h-14 cursor-crosshair touch-none overflow-hidden select-none"
      title="Drag to zoom in, double click to see all"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const time = timeAt(event);
        setDrag({ start: time, now: time });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, now: timeAt(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
      onDoubleClick={() => onView(whole)}
    >
      {drawn.map((node, row) => (
        <span
          key={node.span.spanId}
          className="absolute h-0.5 min-w-px"
          style={{
            top: `${4 + (row / drawn.length) * 26}px`,
            left: `${placeOf(node.start, whole)}%`,
            width: `${placeOf(node.end, whole) - placeOf(node.start, whole)}%`,
            background: node.span.status.code === 'error' ? 'var(--color-bad)' : serviceColour(node.span.service),
          }}
        />
      ))}
      {(view.from > 0 || view.to < layout.duration) && (
        <span
          className="absolute top-0 h-8 border-x border-accent bg-accent/15"
          style={{
            left: `${placeOf(view.from, whole)}%`,
            width: `${placeOf(view.to, whole) - placeOf(view.from, whole)}%`,
          }}
        />
      )}
      {chooseTicks(view, 8).map((tick) => (
        <span
          key={tick}
          className="absolute top-8 bottom-0 border-l border-line pl-1 font-mono text-2xs whitespace-nowrap text-muted"
          style={{ left: `${placeOf(tick, view)}%` }}
        >
          {placeOf(tick, view) < 93 && (tick === 0 ? '0' : formatDuration(tick))}
        </span>
      ))}
      {drag && (
        <span
          className="absolute inset-y-0 border-x border-accent bg-accent/20"
          style={{
            left: `${placeOf(Math.min(drag.start, drag.now), view)}%`,
            width: `${(Math.abs(drag.now - drag.start) / (view.to - view.from)) * 100}%`,
          }}
        />
      )}
    </div>
  );
}
