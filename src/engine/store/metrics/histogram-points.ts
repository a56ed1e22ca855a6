import { formatDecimal } from '../../prometheus/promql/format-sample';
import { ByteRun } from './byte-run';
import { type DecodeRun, fixed64At } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';
import { readExemplar } from './read-exemplar';

interface HistogramSeries {
  readonly sum: number;
  readonly count: number;
  /** One more than there are bounds: the last is `+Inf`. */
  readonly buckets: readonly number[];
  readonly bounds: readonly number[];
}

/** HistogramDataPoints as Prometheus' classic histograms: cumulative `_bucket`s, `_sum` and `_count`. Minimum and maximum are left out. */
export class HistogramPoints implements PointDecoder {
  /** By attributes, then by the raw bounds; undefined where the bounds or a label are not legal. */
  private readonly series: PointIndex<PointIndex<HistogramSeries | undefined>>;
  private readonly counts = new ByteRun();
  private readonly bounds = new ByteRun();

  constructor(
    private readonly run: DecodeRun,
    metric: MetricLabels,
    private readonly options: { delta: boolean },
  ) {
    this.series = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return new PointIndex((bounds) => labels && histogramSeries(metric, labels, bounds));
    });
  }

  decode(end: number): boolean {
    const { run, counts, bounds } = this;
    const { reader } = run;
    let startMs = 0;
    let timeMs = 0;
    let flags = 0;
    let count = 0;
    let sum: number | undefined;
    run.beginPoint();
    counts.clear(reader.bytes, reader.view);
    bounds.clear(reader.bytes, reader.view);
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.varint();
      if (tag === 0x4a) run.attribute(tagStart);
      else if (tag === 0x11) startMs = run.millis();
      else if (tag === 0x19) timeMs = run.millis();
      else if (tag === 0x21) count = run.fixed64();
      else if (tag === 0x29) sum = run.double();
      else if (tag === 0x32 || tag === 0x31) this.append(counts, tag);
      else if (tag === 0x3a || tag === 0x39) this.append(bounds, tag);
      else if (tag === 0x42) run.exemplar();
      else if (tag === 0x50) flags = reader.varint();
      else reader.skip(tag & 7);
    }

    const matching = counts.length === bounds.length + 8 || (counts.length === 0 && bounds.length === 0);
    const stale = (flags & NO_RECORDED_VALUE) !== 0;
    if (!matching && !stale) return false;
    const series = this.series.at(run.attributes).at(bounds);
    if (series === undefined) return false;
    const time = run.pointTime(timeMs);
    if (stale) this.writeStale(series, time);
    else if (this.options.delta && !Number.isFinite(sum ?? 0)) return false;
    else this.write(series, startMs, time, count, sum);
    this.writeExemplars(series, time);
    return true;
  }

  /** Packed numbers of eight bytes, or one that came unpacked. */
  private append(numbers: ByteRun, tag: number): void {
    const { reader } = this.run;
    const end = (tag & 7) === 2 ? reader.blockEnd() : reader.position + 8;
    numbers.append(reader.bytes, reader.position, end);
    reader.position = end;
  }

  private write(
    series: HistogramSeries,
    startMs: number,
    timeMs: number,
    count: number,
    sum: number | undefined,
  ): void {
    const { counts } = this;
    if (sum !== undefined) this.sample(series.sum, startMs, timeMs, sum);
    this.sample(series.count, startMs, timeMs, count);
    let upTo = 0;
    for (let i = 0; i < series.bounds.length; i++) {
      upTo += fixed64At(counts.view, counts.start + 8 * i);
      this.sample(series.buckets[i]!, startMs, timeMs, upTo);
    }
    this.sample(series.buckets.at(-1)!, startMs, timeMs, count);
  }

  private sample(series: number, startMs: number, timeMs: number, value: number): void {
    if (this.options.delta) this.run.deltas.sample(this.run.sink, series, startMs, timeMs, value);
    else this.run.sink.sample(series, timeMs, value);
  }

  private writeStale(series: HistogramSeries, timeMs: number): void {
    for (const id of [series.sum, series.count, ...series.buckets]) this.run.sink.stale(id, timeMs);
  }

  private writeExemplars(series: HistogramSeries, timeMs: number): void {
    const { exemplars, sink } = this.run;
    for (let i = 0; i < exemplars.length; i += 2) {
      const exemplar = readExemplar(this.run, exemplars[i]!, exemplars[i + 1]!, timeMs);
      const bucket = series.bounds.findIndex((bound) => exemplar.value <= bound);
      exemplar.series = series.buckets.at(bucket)!;
      sink.exemplar(exemplar);
    }
  }
}

function histogramSeries(
  metric: MetricLabels,
  labels: ReadonlyMap<string, string>,
  run: ByteRun,
): HistogramSeries | undefined {
  const bounds: number[] = [];
  for (let at = run.start; at < run.stop; at += 8) bounds.push(run.view.getFloat64(at, true));
  if (bounds.some((bound, i) => !Number.isFinite(bound) || (i > 0 && bound <= bounds[i - 1]!))) return undefined;
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound) =>
    metric.series(labels, '_bucket', 'le', formatDecimal(bound)),
  );
  const series = { sum: metric.series(labels, '_sum'), count: metric.series(labels, '_count'), buckets, bounds };
  return [series.sum, series.count, ...buckets].includes(0) ? undefined : series;
}
