import type { TimeWindow } from '../../../../shared/contract/telemetry';

/** The window as long as this one that ends where it begins. */
export function windowBefore({ from, to }: TimeWindow): TimeWindow {
  return { from: from - (to - from), to: from };
}
