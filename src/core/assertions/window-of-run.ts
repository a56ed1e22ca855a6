import type { TimeWindow } from '../../shared/contract/telemetry';
import type { Run } from '../../shared/runs/run';
import type { Signal } from '../observing/signal';

/** Clocks of other machines may be ahead. */
export const aheadMs = 2_000;
/** What a run sends is dated by its own clock. */
const aroundRunMs = 60_000;

/** The time in which what a run sent is looked for. */
export function windowOfRun({ startedAt, endedAt }: Run, signal: Signal): TimeWindow {
  const now = Date.now();
  const to = endedAt === null ? now : Math.min(now, endedAt + aroundRunMs);
  return { from: startedAt - aroundRunMs, to: signal === 'metrics' ? to : to + aheadMs };
}
