import { formatCount, formatShort } from './format-number';

const units = [
  { name: 'min', ms: 60_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'd', ms: 86_400_000 },
] as const;

/** How often something came, never rounded to nothing: `0`, `2 in 5 min`, `7 in 3 h`, `4.2/min`, `12/s`. */
export function formatPace(count: number, windowMs: number): string {
  if (count === 0) return '0';
  const perSecond = count / (windowMs / 1000);
  if (perSecond >= 1) return `${formatShort(perSecond)}/s`;
  const perMinute = perSecond * 60;
  if (perMinute >= 2) return `${formatShort(perMinute)}/min`;
  // From two of a unit on, and of an hour alone: `90 min`, `1 h`, `2 h`.
  const unit = units.findLast(({ name, ms }) => windowMs >= 2 * ms || (name === 'h' && windowMs === ms)) ?? units[0];
  return `${formatCount(count)} in ${formatShort(windowMs / unit.ms)} ${unit.name}`;
}
