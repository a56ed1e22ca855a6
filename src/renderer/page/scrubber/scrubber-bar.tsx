import { useEffect, useMemo, useRef, useState } from 'react';
import type { HostStatus } from '../../../shared/contract/host';
import { useHostStatus } from '../../client/use-host-status';
import { useNow } from '../../client/use-now';
import { usePageKeys } from '../page-keys';
import { resolveTimeRange } from '../time-window';
import { useTimeRange } from '../use-time-range';
import { whyNotAnswered } from '../why-not-answered';
import { describeVolume, tellColumn } from './describe-volume';
import { ScrubberBrush } from './scrubber-brush';
import { ScrubberTicks } from './scrubber-ticks';
import { columnStep, longestKept, storeExtent } from './store-extent';
import { useBrush } from './use-brush';
import { useOldest } from './use-oldest';
import { useStoreVolume } from './use-store-volume';
import { VolumeColumns } from './volume-columns';

export interface ScrubberBarProps {
  /** What the columns count. */
  signal: 'spans' | 'lines';
}

/** So often the bar moves on with the time: what it shows is days or hours. */
const everyMs = 15_000;
/** What the page itself asks for comes first. */
const afterMs = 400;

/**
 * How much is kept over all the time that something is kept, as small columns, with the page's window as a brush: moved, resized and
 * drawn anew by pointer and by keys.
 */
export function ScrubberBar(props: ScrubberBarProps) {
  const status = useHostStatus();
  return status && <Bar {...props} status={status} />;
}

function Bar({ signal, status }: ScrubberBarProps & { status: HostStatus }) {
  const { range, key, setRange } = useTimeRange();
  const now = useNow(everyMs);
  const track = useRef<HTMLDivElement>(null);
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs);
    return () => clearTimeout(timer);
  }, []);
  const isAsked = isDue && whyNotAnswered(status, signal === 'spans' ? 'traces' : 'logs') === null;
  const happened = useOldest(signal, longestKept(status), isAsked);
  // A window that was just chosen may end after the last tick of the clock.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another window is looked at from its own moment
  const at = useMemo(() => Math.max(now, Date.now()), [now, key]);
  const chosen = resolveTimeRange(range, at);
  const extent = storeExtent(status, chosen, at, happened);
  const volume = useStoreVolume(signal, extent, columnStep(extent), isAsked);
  const brush = useBrush({ track, range, chosen, extent, onChange: setRange });
  usePageKeys(null, [
    {
      key: 'b',
      label: 'To the bar of time, where arrows move the window',
      run: () => track.current?.querySelector<HTMLElement>('[role="slider"]')?.focus(),
    },
  ]);
  const { data } = volume;
  const share = (time: number) => (time - brush.extent.from) / (brush.extent.to - brush.extent.from);
  const pointed = brush.pointed === null || !data ? null : tellColumn(data, signal, brush.pointed);
  return (
    <section aria-label="Time of all that is kept" className="flex h-full flex-col px-4 pt-1.5">
      <div
        ref={track}
        data-testid="time-scrubber"
        className="relative h-6 shrink-0 cursor-crosshair touch-none select-none"
        {...brush.handlers}
      >
        {data && <VolumeColumns volume={data} extent={brush.extent} brush={brush.shown} />}
        {!data && (
          <span className="absolute inset-x-0 bottom-0 border-b border-dashed border-line-strong" aria-hidden />
        )}
        <ScrubberBrush
          from={share(brush.shown.from)}
          to={share(brush.shown.to)}
          isDraft={brush.isDraft}
          extent={brush.extent}
          window={brush.shown}
          onKeyDown={brush.onKeyDown}
          onBlur={brush.cancel}
        />
        {pointed && brush.pointed !== null && (
          <span
            aria-hidden
            className="pointer-events-none absolute top-1/2 z-20 -translate-y-1/2 rounded border border-line bg-overlay px-1.5 py-px text-2xs whitespace-nowrap text-ink shadow-popup tabular"
            style={
              share(brush.pointed) > 0.6
                ? { right: `calc(${100 * (1 - share(brush.pointed))}% + 10px)` }
                : { left: `calc(${100 * share(brush.pointed)}% + 10px)` }
            }
          >
            {pointed}
          </span>
        )}
      </div>
      <ScrubberTicks extent={brush.extent} end={brush.isDraft ? 'Enter sets it' : 'now'} />
      <p className="sr-only">
        {data ? describeVolume(data, signal) : volume.isError ? 'How much there is, is not told.' : ''}
      </p>
    </section>
  );
}
