import type { ExponentialHistogramPoint, MetricSink } from '../series/metric-sink';
import { addExponentialHistograms } from './add-exponential-histograms';

interface Total {
  readonly series: number;
  value: number;
  /** Of the sample that holds it. */
  timeMs: number;
  isChanged: boolean;
}

/** Time of a total without a sample. */
const NEVER = Number.NEGATIVE_INFINITY;

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
  private changed: Total[] = [];
  /** Totals as the request found them, in order; only the first `undoable` count: room for them is made once. */
  private readonly touched: Total[] = [];
  private readonly formerValues: number[] = [];
  private readonly formerTimes: number[] = [];
  private undoable = 0;
  private readonly formerHistograms: [series: number, histogram: ExponentialHistogramPoint | undefined][] = [];

  /** Takes over what was written down. */
  restore(totals: Iterable<DeltaTotal>, histograms: Iterable<ExponentialHistogramPoint>): void {
    for (const { series, timeMs, value } of totals)
      this.totals.set(series, { series, value, timeMs, isChanged: false });
    for (const histogram of histograms) this.histograms.set(histogram.series, histogram);
  }

  /** A request begins: until the next one, `undo` takes back what it adds. */
  begin(): void {
    this.undoable = 0;
    this.formerHistograms.length = 0;
  }

  undo(): void {
    while (this.undoable > 0) {
      const total = this.touched[--this.undoable]!;
      total.value = this.formerValues[this.undoable]!;
      total.timeMs = this.formerTimes[this.undoable]!;
      if (total.timeMs === NEVER) this.totals.delete(total.series);
    }
    for (const [series, histogram] of this.formerHistograms.reverse()) {
      if (histogram === undefined) this.histograms.delete(series);
      else this.histograms.set(series, histogram);
    }
    this.formerHistograms.length = 0;
  }

  /** Writes the total with `delta` at `timeMs`; where it is the first, a zero at `zeroMs` before it (0: none). */
  sample(sink: MetricSink, series: number, zeroMs: number, timeMs: number, delta: number): void {
    const total = this.touch(series);
    if (total.timeMs === NEVER && zeroMs > 0) sink.sample(series, zeroMs, 0);
    total.value += delta;
    total.timeMs = timeMs;
    sink.sample(series, timeMs, total.value);
  }

  /** The same for an exponential histogram. */
  histogram(sink: MetricSink, zeroMs: number, point: ExponentialHistogramPoint): void {
    const { series, timeMs } = point;
    const former = this.histograms.get(series);
    if (former === undefined && zeroMs > 0) sink.exponentialHistogram(emptyHistogram(point, zeroMs));
    const sum = former === undefined ? point : addExponentialHistograms(former, point);
    this.formerHistograms.push([series, former]);
    this.histograms.set(series, sum);
    const total = this.touch(series);
    total.value = Number(sum.count);
    total.timeMs = timeMs;
    sink.exponentialHistogram(sum);
  }

  /** Totals that changed since the last time. */
  takeChanged(): DeltaTotal[] {
    const changed = this.changed
      .filter((total) => this.totals.get(total.series) === total)
      .map(({ series, timeMs, value }) => ({ series, timeMs, value }));
    for (const total of this.changed) total.isChanged = false;
    this.changed = [];
    return changed;
  }

  forget(gone: Iterable<number>): void {
    for (const series of gone) {
      this.totals.delete(series);
      this.histograms.delete(series);
    }
  }

  /** The total of a series, noted as it is before it changes. */
  private touch(series: number): Total {
    let total = this.totals.get(series);
    if (total === undefined) {
      total = { series, value: 0, timeMs: NEVER, isChanged: false };
      this.totals.set(series, total);
    }
    const at = this.undoable++;
    this.touched[at] = total;
    this.formerValues[at] = total.value;
    this.formerTimes[at] = total.timeMs;
    if (!total.isChanged) {
      total.isChanged = true;
      this.changed.push(total);
    }
    return total;
  }
}

/** A histogram of nothing, where the first of its series began. */
export function emptyHistogram({ series, scale, zeroThreshold }: ExponentialHistogramPoint, timeMs: number) {
  const nothing = { count: 0n, sum: 0, zeroCount: 0n, positiveOffset: 0, negativeOffset: 0 };
  return { series, timeMs, scale, zeroThreshold, ...nothing, positiveCounts: [], negativeCounts: [] };
}
