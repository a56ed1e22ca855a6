import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type PointerEvent, useState } from 'react';
import type { Series, TimeWindow } from '../../../shared/contract/telemetry';
import { LOG_LEVELS } from '../../../shared/log-level';
import type { TimeRange } from '../../app/time-window';
import { client } from '../../client/contract-client';
import { formatCount } from '../../client/format-number';
import { formatDateTime } from '../../client/format-time';
import { levelLook } from '../../ui/level-look';
import { stackLevels } from './stack-levels';

interface VolumeHistogramProps {
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  onBrush: (range: TimeRange) => void;
}

const barCount = 120;
const height = 48;
const everyMs = 5000;

/** Lines over time by level; dragging over it sets the time window. */
export function VolumeHistogram({ query, windowKey, resolveWindow, onBrush }: VolumeHistogramProps) {
  const volume = useQuery({
    queryKey: ['log-volume', query, windowKey],
    queryFn: ({ signal }) => fetchVolume(query, resolveWindow(), signal),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const [brush, setBrush] = useState<{ start: number; end: number } | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  if (!volume.data || volume.isError) return <div className="h-14 shrink-0 border-b border-line bg-surface" />;
  const { bars, window, top } = volume.data;
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
      <div className="flex h-4 justify-between text-2xs text-faint tabular">
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

async function fetchVolume(query: string, window: TimeWindow, signal: AbortSignal) {
  const step = Math.max(1, Math.ceil((window.to - window.from) / 1000 / barCount));
  const series: Series[] = await client.logs.volume({ query, window, step }, { signal });
  return { window, ...stackLevels(series, window, step, LOG_LEVELS) };
}
