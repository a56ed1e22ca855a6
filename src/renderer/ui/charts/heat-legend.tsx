import { formatShort } from '../../client/format-number';
import { heatColour, heatShades } from './heat-shade';

/** Which colour stands for how many. */
export function HeatLegend({ most }: { most: number }) {
  if (most === 0) return null;
  // One shade for all: less than a whole one is a rate.
  if (most <= 1) {
    return (
      <span className="absolute right-0 flex items-center gap-1 bg-surface pl-2">
        <span className="h-2 w-4 rounded-xs" style={{ background: heatColour(heatShades - 1) }} />
        {most < 1 ? `up to ${formatShort(most)}` : '1'}
      </span>
    );
  }
  const shades = [0, 0.25, 0.5, 0.75, 1].map((share) => heatColour(share * (heatShades - 1)));
  return (
    <span className="absolute right-0 flex items-center gap-1 bg-surface pl-2">
      1
      <span
        className="h-2 w-16 rounded-xs"
        style={{ background: `linear-gradient(to right in oklab, ${shades.join(', ')})` }}
      />
      {formatShort(most)}
    </span>
  );
}
