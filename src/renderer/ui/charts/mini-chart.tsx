import { type PointerEvent, useMemo, useState } from 'react';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { formatDateTime } from '../../client/format-time';
import type { Column } from './align-series';
import { linePath } from './line-path';

export interface MiniLine {
  name: string;
  /** A CSS value. */
  colour: string;
  column: Column;
  /** Dashed: of another time. */
  dashed?: boolean;
}

interface MiniChartProps {
  /** What it shows, for who does not see it. */
  label: string;
  window: TimeWindow;
  /** Unix seconds, of all columns. */
  times: readonly number[];
  lines: readonly MiniLine[];
  format: (value: number) => string;
  /** Of the plot, CSS pixels. */
  height: number;
  /** A time that is marked, Unix milliseconds. */
  mark?: number;
}

const width = 1000;
const toldLines = 6;

/** Lines over time, small: the values at a time are told under the pointer. */
export function MiniChart({ label, window, times, lines, format, height, mark }: MiniChartProps) {
  const [at, setAt] = useState<number | null>(null);
  const bounds = useMemo(() => boundsOf(lines), [lines]);
  const { from, to } = window;
  const x = (seconds: number) => ((seconds * 1000 - from) / (to - from)) * width;
  const y = (value: number) => (1 - (value - bounds.low) / (bounds.high - bounds.low)) * (height - 4) + 2;
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const seconds = (from + ((event.clientX - box.left) / box.width) * (to - from)) / 1000;
    setAt(nearest(times, seconds));
  };
  const told = at === null ? [] : valuesAt(lines, at);
  const left = at === null ? 0 : x(times[at]!) / 10;
  return (
    <div className="grid grid-cols-[auto_1fr] text-2xs text-faint tabular select-none">
      <div className="flex w-15 flex-col justify-between pr-1.5 text-right leading-none" style={{ height }} aria-hidden>
        <span className="truncate">{format(bounds.high)}</span>
        <span className="truncate">{format(bounds.low)}</span>
      </div>
      <div
        className="relative border-b border-line-strong"
        style={{ height }}
        onPointerMove={point}
        onPointerLeave={() => setAt(null)}
      >
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-hidden"
        >
          {[2, height / 2].map((each) => (
            <path
              key={each}
              d={`M0 ${each}H${width}`}
              stroke="var(--color-line)"
              strokeWidth="1"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {mark !== undefined && (
            <path
              d={`M${x(mark / 1000)} 0V${height}`}
              stroke="var(--color-ink)"
              strokeWidth="1"
              strokeDasharray="2 2"
              vectorEffect="non-scaling-stroke"
            />
          )}
          {lines.map(({ name, colour, column, dashed }) => (
            <path
              key={`${name} ${dashed ?? ''}`}
              d={linePath(times, column, x, y)}
              fill="none"
              stroke={colour}
              strokeWidth="1.5"
              strokeLinecap="round"
              strokeLinejoin="round"
              strokeDasharray={dashed ? '3 4' : undefined}
              opacity={dashed ? 0.6 : 1}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        {at !== null && told.length > 0 && (
          <>
            <div className="pointer-events-none absolute inset-y-0 w-px bg-line-strong" style={{ left: `${left}%` }} />
            <div
              className="pointer-events-none absolute top-1 z-10 max-w-[70%] rounded-md border border-line-strong bg-overlay px-2 py-1 text-ink shadow-popup"
              style={left > 50 ? { right: `${102 - left}%` } : { left: `${left + 2}%` }}
            >
              <p className="text-faint">{timeIn(window, times[at]! * 1000)}</p>
              {told.slice(0, toldLines).map(({ name, colour, value }) => (
                <p key={name} className="flex items-center gap-1.5">
                  <span aria-hidden className="h-0.75 w-2.5 shrink-0 rounded-full" style={{ background: colour }} />
                  <span className="min-w-0 flex-1 truncate">{name}</span>
                  <span className="font-medium whitespace-nowrap">{format(value)}</span>
                </p>
              ))}
              {told.length > toldLines && <p className="text-faint">{told.length - toldLines} more</p>}
            </div>
          </>
        )}
      </div>
      <span />
      <div className="flex justify-between pt-0.5 leading-none" aria-hidden>
        <span>{timeIn(window, from)}</span>
        <span>{timeIn(window, to)}</span>
      </div>
    </div>
  );
}

/** As exact as the window is short. */
function timeIn({ from, to }: TimeWindow, millis: number): string {
  const text = formatDateTime(millis);
  if (to - from > 20 * 3_600_000) return text.slice(5, 16);
  return to - from > 10 * 60_000 ? text.slice(11, 16) : text.slice(11);
}

/** From 0, or from the least where one is below it, to the greatest. */
function boundsOf(lines: readonly MiniLine[]): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (const { column } of lines) {
    for (const value of column) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return { low, high: high > low ? high : low + 1 };
}

function nearest(times: readonly number[], seconds: number): number | null {
  const step = times.length > 1 ? times[1]! - times[0]! : 1;
  if (times.length === 0) return null;
  const index = Math.round((seconds - times[0]!) / step);
  return index < 0 || index >= times.length ? null : index;
}

function valuesAt(lines: readonly MiniLine[], at: number) {
  const told = lines.flatMap(({ name, colour, column, dashed }) => {
    const value = column[at];
    return value === null || value === undefined || dashed ? [] : [{ name, colour, value }];
  });
  return told.sort((a, b) => b.value - a.value);
}
