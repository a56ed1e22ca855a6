import { formatCount } from '../../client/format-number';
import { formatDateTime } from '../../client/format-time';
import type { StoreVolume } from './use-store-volume';

type Signal = 'spans' | 'lines';

/** What the columns show, for who does not see them. */
export function describeVolume({ from, stepMs, counts, failed }: StoreVolume, signal: Signal): string {
  const total = sumOf(counts);
  if (total === 0) return `No ${signal} are kept.`;
  const most = counts.indexOf(Math.max(...counts));
  const [first, last] = [counts.findIndex((count) => count > 0), counts.findLastIndex((count) => count > 0)];
  return [
    `${formatCount(total)} ${signal} from ${formatDateTime(from + first * stepMs)} to ${formatDateTime(from + (last + 1) * stepMs)},`,
    `${formatCount(sumOf(failed))} of them ${badOf(signal)},`,
    `most at ${formatDateTime(from + most * stepMs)}.`,
  ].join(' ');
}

/** What the column at that time stands for; null outside of them. */
export function tellColumn({ from, stepMs, counts, failed }: StoreVolume, signal: Signal, at: number): string | null {
  const index = Math.floor((at - from) / stepMs);
  const count = counts[index];
  if (count === undefined) return null;
  const bad = failed[index] ?? 0;
  const told = `${formatDateTime(from + index * stepMs).slice(5)}: ${formatCount(count)} ${signal}`;
  return bad > 0 ? `${told}, ${formatCount(bad)} ${badOf(signal)}` : told;
}

function badOf(signal: Signal): string {
  return signal === 'spans' ? 'failed' : 'errors';
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
