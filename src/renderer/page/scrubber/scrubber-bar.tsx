import { useEffect, useRef, useState } from 'react';
import type { HostStatus } from '../../../shared/contract/host';
import { useHostStatus } from '../../client/use-host-status';
import { usePageKeys } from '../page-keys';
import { useTimeRange } from '../use-time-range';
import { describeVolume, tellColumn } from './describe-volume';
import { ScrubberBrush } from './scrubber-brush';
import { ScrubberTicks } from './scrubber-ticks';
import { useBrush } from './use-brush';
import { useKeptVolume } from './use-kept-volume';
import { VolumeColumns } from './volume-columns';

export interface ScrubberBarProps {
  /** What the columns count. */
  signal: 'spans' | 'lines';
}

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
  const { range, setRange } = useTimeRange();
  const track = useRef<HTMLDivElement>(null);
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs);
    return () => clearTimeout(timer);
  }, []);
  const { chosen, extent, volume } = useKeptVolume(signal, status, isDue);
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
