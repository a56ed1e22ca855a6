import type { TimeWindow } from '../../../shared/contract/telemetry';
import { labelTimes } from '../../ui/charts/label-times';
import { timeTicks } from '../../ui/charts/time-ticks';

const most = 10;
/** What stands at the end needs room of its own, as does what begins at the left. */
const [leastShare, mostShare] = [0.01, 0.9];

/** Round times below the bar, and what is at its end. */
export function ScrubberTicks({ extent, end }: { extent: TimeWindow; end: string }) {
  const { ticks, step } = timeTicks(extent.from, extent.to, most);
  const labels = labelTimes(
    ticks.map((tick) => tick / 1000),
    step / 1000,
  );
  return (
    <div
      aria-hidden
      className="relative h-3.5 overflow-hidden text-2xs leading-3.5 whitespace-nowrap text-faint tabular"
    >
      {ticks.map((tick, at) => {
        const share = (tick - extent.from) / (extent.to - extent.from);
        if (share < leastShare || share > mostShare) return null;
        const [clock, day] = labels[at]!.split('\n');
        return (
          <span
            key={tick}
            className="absolute -translate-x-1/2 max-md:even:hidden"
            // The first would lose its beginning.
            style={{ left: `max(${100 * share}%, ${day === undefined ? '1rem' : '2.25rem'})` }}
          >
            {day === undefined ? clock : `${day.slice(5)} ${clock}`}
          </span>
        );
      })}
      <span className="absolute right-0">{end}</span>
    </div>
  );
}
