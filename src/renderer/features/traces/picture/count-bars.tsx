import { useState } from 'react';
import { formatCount, formatShort } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import type { LatencyPicture } from './use-latency-picture';

const height = 30;

/** Spans over time, those that failed from below. */
export function CountBars({ picture: { from, to, step, columns } }: { picture: LatencyPicture }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const stepMs = 1000 * step;
  const slots = Math.max(1, Math.round((to - from) / stepMs));
  const bars = Array.from({ length: slots }, (_, index) => ({ index, ...columns.get(from + (index + 1) * stepMs) }));
  const most = Math.max(1, ...bars.map(({ spans = 0 }) => spans));
  const { spans = 0, errors = 0 } = (pointed !== null && bars[pointed]) || {};
  const scaled = (value: number) => (value === 0 ? 0 : Math.max(1, (value / most) * height));
  return (
    <div className="relative">
      <span className="absolute right-full w-14 pr-2 text-right text-2xs text-faint tabular" aria-hidden>
        {formatShort(most)}
      </span>
      <svg
        viewBox={`0 0 ${slots} ${height}`}
        preserveAspectRatio="none"
        className="block h-[30px] w-full"
        role="img"
        aria-label="Spans over time, failed ones in red"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setPointed(Math.min(slots - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * slots))));
        }}
        onPointerLeave={() => setPointed(null)}
      >
        {bars.map(({ index, spans: all = 0, errors: failed = 0 }) => (
          <g key={index} opacity={pointed === null || pointed === index ? 1 : 0.6}>
            <rect
              x={index + 0.06}
              width={0.88}
              y={height - scaled(all)}
              height={scaled(all)}
              fill="var(--color-line-strong)"
            />
            <rect
              x={index + 0.06}
              width={0.88}
              y={height - scaled(failed)}
              height={scaled(failed)}
              fill="var(--color-bad)"
            />
          </g>
        ))}
      </svg>
      {pointed !== null && (
        <span className="pointer-events-none absolute top-0 right-0 z-10 rounded-md border border-line bg-overlay px-2 py-0.5 text-xs shadow-popup tabular">
          {formatDateTime(from + pointed * stepMs)}: {formatCount(spans)} {spans === 1 ? 'span' : 'spans'}
          {errors > 0 && (
            <>
              , <span className="text-bad">{formatCount(errors)} failed</span>
            </>
          )}
        </span>
      )}
    </div>
  );
}
