import type { TimeWindow } from '../../../shared/contract/telemetry';

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400];

/** Seconds between points: the smallest round step that gives at most so many of them. */
export function chooseStep({ from, to }: TimeWindow, points = 300): number {
  const least = (to - from) / 1000 / points;
  return steps.find((step) => step >= least) ?? Math.ceil(least);
}
