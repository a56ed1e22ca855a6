import type { MetricHead } from './metric-head';
import type { ResourceLabels } from './names/resource-labels';
import { translateMetricName } from './names/translate-metric-name';
import { translateUnit } from './names/translate-unit';
import type { DecodeRun } from './points/decode-run';
import { ExponentialPoints } from './points/exponential-points';
import { HistogramPoints } from './points/histogram-points';
import { MetricLabels } from './points/metric-labels';
import { NumberPoints } from './points/number-points';
import type { PointDecoder } from './points/point-decoder';
import { SummaryPoints } from './points/summary-points';
import type { MetricType } from './series/metric-sink';

/** `target_info` is repeated within the lookback of PromQL (5 min), so that it is found at any time in between. */
const TARGET_INFO_EVERY_MS = 150_000;
/** A point with a clock from 1970 must not fill the years in between. */
const TARGET_INFO_REACH_MS = 3_600_000;

interface KnownMetric {
  readonly description: string;
  /** Undefined where points of this head are not accepted. */
  readonly points: PointDecoder | undefined;
}

/** Everything known about one resource: its labels and the metrics that came from it. */
export class ResourceMetrics {
  private readonly metrics = new Map<string, KnownMetric>();
  private targetInfoSeries: number | undefined;
  private targetInfoMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly run: DecodeRun,
    private readonly labels: ResourceLabels,
    /** Of the resource's bytes. */
    readonly hash: number,
  ) {}

  /** The decoder of a metric's points; undefined where they are to be rejected. */
  points(head: MetricHead): PointDecoder | undefined {
    const key = `${head.name}\0${head.unit}\0${head.kind}\0${head.temporality}\0${head.monotonic}`;
    let metric = this.metrics.get(key);
    if (metric === undefined || metric.description !== head.description) {
      metric = { description: head.description, points: metric?.points ?? this.makePoints(head) };
      this.metrics.set(key, metric);
      if (metric.points !== undefined) this.writeMetadata(head);
    }
    return metric.points;
  }

  /** Writes `target_info` for the times of the points decoded since the run's bounds were set. */
  writeTargetInfo(): void {
    const { run, labels } = this;
    if (labels.targetInfo === undefined || run.latestMs <= this.targetInfoMs) return;
    if (this.targetInfoSeries === undefined) {
      this.targetInfoSeries = run.sink.seriesId('target_info', labels.targetInfo);
      run.sink.metadata('target_info', 'gauge', '', 'Target metadata');
    }
    if (this.targetInfoSeries === 0) return;
    const from = Math.max(run.earliestMs, run.latestMs - TARGET_INFO_REACH_MS, this.targetInfoMs + 1);
    for (let time = from; time < run.latestMs; time += TARGET_INFO_EVERY_MS)
      run.sink.sample(this.targetInfoSeries, time, 1);
    run.sink.sample(this.targetInfoSeries, run.latestMs, 1);
    this.targetInfoMs = run.latestMs;
  }

  private makePoints(head: MetricHead): PointDecoder | undefined {
    const name = prometheusName(head);
    if (name === undefined) return undefined;
    const metric = new MetricLabels(this.run, this.labels, name);
    if (head.kind === 'gauge')
      return new NumberPoints(this.run, metric, { delta: false, counter: false, exemplars: false });
    if (head.kind === 'summary') return new SummaryPoints(this.run, metric);
    if (head.temporality === 'unspecified') return undefined;
    const delta = head.temporality === 'delta';
    if (head.kind === 'sum') {
      return new NumberPoints(this.run, metric, { delta, counter: head.monotonic, exemplars: true });
    }
    if (head.kind === 'histogram') return new HistogramPoints(this.run, metric, { delta });
    return new ExponentialPoints(this.run, metric, { delta });
  }

  private writeMetadata(head: MetricHead): void {
    this.run.sink.metadata(prometheusName(head)!, prometheusType(head), translateUnit(head.unit), head.description);
  }
}

function prometheusName(head: MetricHead): string | undefined {
  if (head.kind === undefined) return undefined;
  const kind = head.kind === 'gauge' ? 'gauge' : head.kind === 'sum' && head.monotonic ? 'counter' : 'other';
  return translateMetricName(head.name, head.unit, kind);
}

function prometheusType({ kind, monotonic }: MetricHead): MetricType {
  if (kind === 'sum') return monotonic ? 'counter' : 'gauge';
  if (kind === 'histogram' || kind === 'exponential') return 'histogram';
  return kind ?? 'unknown';
}
