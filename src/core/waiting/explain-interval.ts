import { formatDuration } from '../../shared/format-duration';
import type { Signal } from '../observing/signal';

/** What SDKs wait before they export, where nobody says otherwise, in milliseconds; the variable that says so. */
export const exportIntervals: Readonly<Record<Signal, { ms: number; variable: string }>> = {
  traces: { ms: 5_000, variable: 'OTEL_BSP_SCHEDULE_DELAY' },
  logs: { ms: 1_000, variable: 'OTEL_BLRP_SCHEDULE_DELAY' },
  metrics: { ms: 60_000, variable: 'OTEL_METRIC_EXPORT_INTERVAL' },
};

/** Told where nothing came at all, and an SDK may not have exported yet. */
export function explainInterval(signal: Signal, timeoutMs: number, seen: readonly string[]): string[] {
  const { ms, variable } = exportIntervals[signal];
  if (timeoutMs >= ms || !seen.some((each) => /at all arrived/.test(each) || signal === 'metrics')) return [];
  return [
    `an SDK exports ${signal} every ${formatDuration(ms * 1e6)} unless ${variable} says otherwise: that is longer than was waited; set ${variable}=200 or wait longer`,
  ];
}
