import type { Series, TimeWindow } from '../../../shared/contract/telemetry';
import { readLogLevel } from '../../../shared/log-level';

export interface VolumeBar {
  /** Unix milliseconds, the end excluded. */
  from: number;
  to: number;
  /** From the bottom up: the most severe stand at the bottom, where they are easiest to see. */
  parts: { level: string; below: number; count: number }[];
}

/**
 * Counts by level, each of the `step` seconds before its time, as bars; `top` is the highest bar and at least 1.
 * `order` gives the levels from the bottom up.
 */
export function stackLevels(
  series: readonly Series[],
  window: TimeWindow,
  step: number,
  order: readonly string[],
): { bars: VolumeBar[]; top: number } {
  const byTime = new Map<number, Map<string, number>>();
  for (const { labels, values } of series) {
    const said = readLogLevel(labels.detected_level ?? labels.level ?? '') ?? 'unknown';
    const level = order.includes(said) ? said : 'unknown';
    for (const [time, value] of values) {
      const counts = byTime.get(time) ?? new Map<string, number>();
      byTime.set(time, counts.set(level, (counts.get(level) ?? 0) + Number(value)));
    }
  }
  let top = 1;
  const bars: VolumeBar[] = [];
  for (const [time, counts] of byTime) {
    let below = 0;
    const parts: VolumeBar['parts'] = [];
    for (const level of order) {
      const count = counts.get(level);
      if (!count) continue;
      parts.push({ level, below, count });
      below += count;
    }
    top = Math.max(top, below);
    const to = time * 1000;
    if (to > window.from) bars.push({ from: to - step * 1000, to, parts });
  }
  return { bars: bars.sort((a, b) => a.from - b.from), top };
}
