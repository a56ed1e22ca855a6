import type { TimeWindow } from '../../../shared/contract/telemetry';

/** The window widened to the grid of `step` seconds, so that a refresh moves the points by whole steps. */
export function alignWindow({ from, to }: TimeWindow, step: number): TimeWindow {
  const stepMs = step * 1000;
  return { from: Math.floor(from / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs };
}
