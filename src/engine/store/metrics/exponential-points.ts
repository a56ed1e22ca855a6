import type { ExponentialHistogramPoint } from '../metric-sink';
import { addExponentialHistograms } from './add-exponential-histograms';
import type { DecodeRun } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';
import { readExemplar } from './read-exemplar';

/** An AggregatedBuckets span wider than this cannot come from an SDK (their bound is 160 buckets). */
const MAX_BUCKETS = 16_384;

/** ExponentialHistogramDataPoints: kept whole, under a series of their own. */
export class ExponentialPoints implements PointDecoder {
  private readonly series: PointIndex<number>;
  private readonly totals = new Map<number, ExponentialHistogramPoint>();

  constructor(
    private readonly run: DecodeRun,
    metric: MetricLabels,
    private readonly options: { delta: boolean },
  ) {
    this.series = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return labels === undefined ? 0 : metric.series(labels);
    });
  }

  decode(end: number): boolean {
    const { run } = this;
    const { reader } = run;
    const point: ExponentialHistogramPoint = {
      series: 0,
      timeMs: 0,
      count: 0n,
      sum: 0,
      scale: 0,
      zeroCount: 0n,
      zeroThreshold: 0,
      positiveOffset: 0,
      positiveCounts: [],
      negativeOffset: 0,
      negativeCounts: [],
    };
    let flags = 0;
    run.beginPoint();
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.varint();
      if (tag === 0x0a) run.attribute(tagStart);
      else if (tag === 0x19) point.timeMs = run.millis();
      else if (tag === 0x21) point.count = this.uint64();
      else if (tag === 0x29) point.sum = run.double();
      else if (tag === 0x30) point.scale = zigzag(reader.varint());
      else if (tag === 0x39) point.zeroCount = this.uint64();
      else if (tag === 0x42) [point.positiveOffset, point.positiveCounts] = this.buckets();
      else if (tag === 0x4a) [point.negativeOffset, point.negativeCounts] = this.buckets();
      else if (tag === 0x50) flags = reader.varint();
      else if (tag === 0x5a) run.exemplar();
      else if (tag === 0x71) point.zeroThreshold = run.double();
      else reader.skip(tag & 7);
    }
    // The format's own range of scales: beyond it a bucket has no bounds that a double could tell.
    if (
      point.scale < -10 ||
      point.scale > 20 ||
      Math.max(point.positiveCounts.length, point.negativeCounts.length) > MAX_BUCKETS
    )
      return false;
    point.series = this.series.at(run.attributes);
    if (point.series === 0) return false;
    point.timeMs = run.pointTime(point.timeMs);
    this.write(point, (flags & NO_RECORDED_VALUE) !== 0);
    return true;
  }

  private write(point: ExponentialHistogramPoint, stale: boolean): void {
    const { run } = this;
    if (stale) {
      run.sink.stale(point.series, point.timeMs);
      return;
    }
    const before = this.options.delta ? this.totals.get(point.series) : undefined;
    const kept = before === undefined ? point : addExponentialHistograms(before, point);
    if (this.options.delta) this.totals.set(point.series, kept);
    run.sink.exponentialHistogram(kept);
    for (let i = 0; i < run.exemplars.length; i += 2) {
      const exemplar = readExemplar(run, run.exemplars[i]!, run.exemplars[i + 1]!, point.timeMs);
      exemplar.series = point.series;
      run.sink.exemplar(exemplar);
    }
  }

  private uint64(): bigint {
    const { reader } = this.run;
    reader.position += 8;
    return reader.view.getBigUint64(reader.position - 8, true);
  }

  private buckets(): [offset: number, counts: bigint[]] {
    const { reader } = this.run;
    const end = reader.blockEnd();
    let offset = 0;
    const counts: bigint[] = [];
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x08) offset = zigzag(reader.varint());
      else if (tag === 0x12) {
        for (const countsEnd = reader.blockEnd(); reader.position < countsEnd; )
          counts.push(BigInt.asUintN(64, reader.int64()));
      } else if (tag === 0x10) counts.push(BigInt.asUintN(64, reader.int64()));
      else reader.skip(tag & 7);
    }
    return [offset, counts];
  }
}

function zigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}
