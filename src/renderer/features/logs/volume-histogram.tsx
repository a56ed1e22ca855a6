import { type PointerEvent, useState } from 'react';
import { formatCount, formatShort } from '../../client/format-number';
import { formatDateTime } from '../../client/format-time';
import type { TimeRange } from '../../page/time-window';
import { levelLook } from '../../ui/marks/level-look';
import type { LogVolume } from './use-log-volume';

interface VolumeHistogramProps {
  /** Absent until it is known. */
  volume: LogVolume | undefined;
  onBrush: (range: TimeRange) => void;
}

const height = 48;

/** Lines over time by level; dragging over it sets the time window. */
export function VolumeHistogram({ volume, onBrush }: VolumeHistogramProps) {
  const [brush, setBrush] = useState<{ start: number; end: number } | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  if (!volume) return <div className="h-19.25 shrink-0 border-b border-line bg-surface" />;
  const { bars, window, top, step, total } = volume;
  const width = window.to - window.from;
  const fraction = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const finish = () => {
    if (brush && Math.abs(brush.end - brush.start) > 0.005) {
      const [start, end] = [Math.min(brush.start, brush.end), Math.max(brush.start, brush.end)];
      onBrush({ from: Math.round(window.from + start * width), to: Math.round(window.from + end * width) });
    }
    setBrush(null);
  };
  const bar = pointed === null ? undefined : bars.find(({ from, to }) => pointed >= from && pointed < to);
  return (
    <div className="relative shrink-0 border-b border-line bg-surface px-4 pt-2 pb-1">
      <div
        className="relative cursor-crosshair touch-none select-none"
        style={{ height }}
        title="Drag to set the time window"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ start: fraction(event), end: fraction(event) });
        }}
        onPointerMove={(event) => {
          setPointed(window.from + fraction(event) * width);
          if (brush) setBrush({ ...brush, end: fraction(event) });
        }}
        onPointerUp={finish}
        onPointerLeave={() => setPointed(null)}
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="size-full"
          role="img"
          aria-label="Log lines over time by level"
        >
          {bars.map(({ from, to, parts }) =>
            parts.map(({ level, below, count }) => (
              <rect
                key={`${from} ${level}`}
                x={from - window.from + (to - from) * 0.1}
                width={(to - from) * 0.8}
                y={height - ((below + count) / top) * height}
                height={(count / top) * height}
                fill={levelLook(level).fill}
                opacity={bar && bar.from !== from ? 0.5 : 0.9}
              />
            )),
          )}
        </svg>
        {total > 0 && (
          <>
            <span className="pointer-events-none absolute top-0.5 left-0 rounded-sm bg-surface px-1 text-2xs text-muted tabular">
              {formatShort(top)} {top === 1 ? 'line' : 'lines'} in {step} s
            </span>
            <span
              aria-hidden
              className="pointer-events-none absolute inset-x-0 top-0 border-t border-dashed border-line"
            />
          </>
        )}
        {brush && (
          <div
            className="absolute inset-y-0 bg-accent/25"
            style={{
              left: `${Math.min(brush.start, brush.end) * 100}%`,
              width: `${Math.abs(brush.end - brush.start) * 100}%`,
            }}
          />
        )}
      </div>
      <div className="flex h-4 justify-between gap-2 overflow-hidden text-2xs whitespace-nowrap text-faint tabular">
        <span>{formatDateTime(window.from)}</span>
        <span className="text-muted">
          {bar
            ? `${formatDateTime(bar.from)}: ${
                bar.parts
                  .map(({ level, count }) => `${formatCount(count)} ${level}`)
                  .reverse()
                  .join(', ') || 'no lines'
              }`
            : ''}
        </span>
        <span>{formatDateTime(window.to)}</span>
      </div>
    </div>
  );
}
