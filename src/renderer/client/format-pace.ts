import { formatCount, formatShort } from './format-number';

/** How often something came, never rounded to nothing: `0`, `2 in 5 min`, `4.2/min`, `12/s`. */
export function formatPace(count: number, windowMs: number): string {
  if (count === 0) return '0';
  const perSecond = count / (windowMs / 1000);
  if (perSecond >= 1) return `${formatShort(perSecond)}/s`;
  const perMinute = perSecond * 60;
  if (perMinute >= 2) return `${formatShort(perMinute)}/min`;
  return `${formatCount(count)} in ${formatCount(windowMs / 60_000)} min`;
}
