import type { MetricSink } from '../metric-sink';

/**
 * Turns deltas into the cumulative values that Prometheus' functions expect. A series that starts (or starts again after
 * a restart of the engine) gets a zero right after its start time, so that its first delta counts as an increase.
 */
export class DeltaSums {
  private readonly totals = new Map<number, number>();

  sample(sink: MetricSink, series: number, startMs: number, timeMs: number, delta: number): void {
    let total = this.totals.get(series);
    if (total === undefined) {
      total = 0;
      // One millisecond later: at the start itself the former process may have left its last value.
      if (startMs > 0 && startMs + 1 < timeMs) sink.sample(series, startMs + 1, 0);
    }
    total += delta;
    this.totals.set(series, total);
    sink.sample(series, timeMs, total);
  }

  clear(): void {
    this.totals.clear();
  }
}
