import type { ExponentialHistogramPoint, MetricSink } from '../metric-sink';
import { addExponentialHistograms } from './add-exponential-histograms';

interface Total {
  value: number;
  /** Of the sample that holds it. */
  timeMs: number;
  isChanged: boolean;
}

/** A running total as it is kept over restarts. */
export interface DeltaTotal {
  readonly series: number;
  readonly timeMs: number;
  readonly value: number;
}

/**
 * Turns deltas into the cumulative values that Prometheus' functions expect. A series that starts gets a zero right after
 * its start time, so that its first delta counts as an increase. Totals go on over restarts: they are written down with
 * each checkpoint, and the journal brings again what came after it.
 */
export class DeltaSums {
  private readonly totals = new Map<number, Total>();
  private readonly histograms = new Map<number, ExponentialHistogramPoint>();
  private changed: number[] = [];
  private readonly undoLog: [
    series: number,
    total: Total | undefined,
    histogram: ExponentialHistogramPoint | undefined,
  ][] = [];

  /** Takes over what was written down. */
  restore(totals: Iterable<DeltaTotal>, histograms: Iterable<ExponentialHistogramPoint>): void {
    for (const { series, timeMs, value } of totals) this.totals.set(series, { value, timeMs, isChanged: false });
    for (const histogram of histograms) this.histograms.set(histogram.series, histogram);
  }

  /** A request begins: until the next one, `undo` takes back what it adds. */
  begin(): void {
    this.undoLog.length = 0;
  }

  undo(): void {
    for (const [series, total, histogram] of this.undoLog.reverse()) {
      if (total === undefined) this.totals.delete(series);
      else this.totals.set(series, total);
      if (histogram === undefined) this.histograms.delete(series);
      else this.histograms.set(series, histogram);
    }
    this.undoLog.length = 0;
  }

  /** Writes the total with `delta` at `timeMs`; where it is the first, a zero at `zeroMs` before it (0: none). */
  sample(sink: MetricSink, series: number, zeroMs: number, timeMs: number, delta: number): void {
    const total = this.totals.get(series);
    if (total === undefined && zeroMs > 0) sink.sample(series, zeroMs, 0);
    const value = (total?.value ?? 0) + delta;
    this.keep(series, timeMs, value);
    sink.sample(series, timeMs, value);
  }

  /** The same for an exponential histogram. */
  histogram(sink: MetricSink, zeroMs: number, point: ExponentialHistogramPoint): void {
    const { series, timeMs } = point;
    const total = this.histograms.get(series);
    if (total === undefined && zeroMs > 0) sink.exponentialHistogram(emptyHistogram(point, zeroMs));
    const sum = total === undefined ? point : addExponentialHistograms(total, point);
    this.keep(series, timeMs, Number(sum.count));
    this.histograms.set(series, sum);
    sink.exponentialHistogram(sum);
  }

  /** Totals that changed since the last time. */
  takeChanged(): DeltaTotal[] {
    const changed = this.changed.flatMap((series) => {
      const total = this.totals.get(series);
      if (total === undefined) return [];
      total.isChanged = false;
      return [{ series, timeMs: total.timeMs, value: total.value }];
    });
    this.changed = [];
    return changed;
  }

  forget(gone: Iterable<number>): void {
    for (const series of gone) {
      this.totals.delete(series);
      this.histograms.delete(series);
    }
  }

  private keep(series: number, timeMs: number, value: number): void {
    const before = this.totals.get(series);
    this.undoLog.push([series, before, this.histograms.get(series)]);
    if (before?.isChanged !== true) this.changed.push(series);
    this.totals.set(series, { value, timeMs, isChanged: true });
  }
}

/** A histogram of nothing, where the first of its series began. */
export function emptyHistogram({ series, scale, zeroThreshold }: ExponentialHistogramPoint, timeMs: number) {
  const nothing = { count: 0n, sum: 0, zeroCount: 0n, positiveOffset: 0, negativeOffset: 0 };
  return { series, timeMs, scale, zeroThreshold, ...nothing, positiveCounts: [], negativeCounts: [] };
}
