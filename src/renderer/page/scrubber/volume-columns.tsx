import type { TimeWindow } from '../../../shared/contract/telemetry';
import { columnPath } from './column-path';
import type { StoreVolume } from './use-store-volume';

interface VolumeColumnsProps {
  volume: StoreVolume;
  extent: TimeWindow;
  brush: TimeWindow;
}

/** The columns over the extent, quiet outside of the brush; what failed stands red at their feet. */
export function VolumeColumns({ volume: { from, stepMs, counts, failed }, extent, brush }: VolumeColumnsProps) {
  const most = Math.max(1, ...counts);
  const place = (time: number) => (time - from) / stepMs;
  const [begin, end] = [place(extent.from), place(extent.to)];
  const share = (time: number) => `${(100 * (time - extent.from)) / (extent.to - extent.from)}%`;
  const all = columnPath(counts, most);
  const bad = columnPath(failed, most);
  const left = share(brush.from);
  const right = `calc(100% - ${share(brush.to)})`;
  const view = {
    viewBox: `${begin} 0 ${end - begin} 100`,
    preserveAspectRatio: 'none',
    className: 'absolute inset-0 size-full',
  };
  return (
    <>
      <svg {...view} aria-hidden className="absolute inset-0 size-full border-b border-line">
        <path d={all} fill="var(--color-line-strong)" />
        <path d={bad} fill="var(--color-bad)" opacity={0.45} />
      </svg>
      <svg {...view} aria-hidden style={{ clipPath: `inset(0 ${right} 0 ${left})` }}>
        <path d={all} fill="var(--color-accent)" />
        <path d={bad} fill="var(--color-bad)" />
      </svg>
    </>
  );
}
