import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';

const height = 48;
const gap = 0.15;

/** How often it occurred over the window. */
export function OccurrenceBars({ buckets, window }: { buckets: readonly number[]; window: TimeWindow }) {
  const top = Math.max(1, ...buckets);
  const step = (window.to - window.from) / Math.max(1, buckets.length);
  const sum = buckets.reduce((total, count) => total + count, 0);
  return (
    <figure className="m-0">
      <svg
        role="img"
        aria-label={`${formatCount(sum)} times over the window, at most ${formatCount(top)} in one part of it`}
        viewBox={`0 0 ${buckets.length} ${height}`}
        preserveAspectRatio="none"
        className="block h-12 w-full border-b border-line"
      >
        {buckets.map((count, at) =>
          count === 0 ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is known by its place
              key={at}
              x={at + gap / 2}
              width={1 - gap}
              y={height - Math.max(2, (count / top) * height)}
              height={Math.max(2, (count / top) * height)}
              fill="var(--color-bad)"
            >
              <title>{`${formatCount(count)} from ${formatDateTime(window.from + at * step)}`}</title>
            </rect>
          ),
        )}
      </svg>
      <figcaption className="flex justify-between pt-0.5 text-2xs text-muted tabular">
        <span>{formatDateTime(window.from)}</span>
        <span>at most {formatCount(top)} a bar</span>
        <span>{formatDateTime(window.to)}</span>
      </figcaption>
    </figure>
  );
}
