import { formatDecimal } from '../../../samples/format-sample';
import { CAME_BEFORE } from '../deltas/delta-clock';
import { beginningOf, isFirstAt, type PointState } from '../series/point-state';
import { ByteRun } from './byte-run';
import { type DecodeRun, fixed64At } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';
import { readExemplar } from './read-exemplar';

interface HistogramSeries {
  /** Of the `_count`. */
  readonly state: PointState;
  /** Made when a point has a sum; 0 before. */
  sum: number;
  /** One more than there are bounds: the last is `+Inf`. */
  readonly buckets: readonly number[];
  readonly bounds: readonly number[];
  readonly labels: ReadonlyMap<string, string>;
}

/** HistogramDataPoints as Prometheus' classic histograms: cumulative `_bucket`s, `_sum` and `_count`. Minimum and maximum are left out. */
export class HistogramPoints implements PointDecoder {
  /** By attributes, then by the raw bounds; undefined where the bounds or a label are not legal. */
  private readonly series: PointIndex<PointIndex<HistogramSeries | undefined>>;
  private readonly counts = new ByteRun();
  private readonly bounds = new ByteRun();

  constructor(
    private readonly run: DecodeRun,
    private readonly metric: MetricLabels,
    private readonly options: { delta: boolean },
  ) {
    this.series = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return new PointIndex((bounds) => labels && histogramSeries(run, metric, labels, bounds));
    });
  }

  decode(end: number): boolean {
    const { run, counts, bounds } = this;
    const { reader } = run;
    const start = reader.position;
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

    const stale = (flags & NO_RECORDED_VALUE) !== 0;
    if (!stale && !doBucketsFit(counts, bounds)) return false;
    // Bounds without counts tell nothing: what is left is one bucket.
    if (!stale && counts.length === 0) bounds.clear(reader.bytes, reader.view);
    if (!this.options.delta && run.isTooOld(timeMs)) return this.metric.leaveOut('too-old');
    const series = this.series.at(run.attributes).at(bounds);
    if (series === undefined) return false;
    const { state } = series;
    if (state.series === 0) return this.metric.leaveOut('series-cap');
    if (run.isDeltaTooOld(timeMs, state)) return this.metric.leaveOut('too-old');
    const time = run.pointTime(timeMs, this.metric);
    if (stale) this.writeStale(series, time);
    else if (!this.options.delta) {
      const zeroMs = beginningOf(state, startMs, time, run.sinceMs);
      if (!isFirstAt(state, time, count)) return count === state.value || this.metric.leaveOut('same-time');
      this.write(series, zeroMs, time, count, sum);
    } else {
      if (!Number.isFinite(sum ?? 0)) return false;
      const hasTime = timeMs !== 0;
      const zeroMs = run.deltaBeginning(state, startMs, time);
      const at = run.clock.timeOf(state, time, hasTime ? run.hash(start, end) : null);
      if (at === CAME_BEFORE) return this.metric.leaveOut('delta-again');
      this.write(series, zeroMs, at, count, sum);
    }
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

  private write(series: HistogramSeries, zeroMs: number, timeMs: number, count: number, sum: number | undefined): void {
    const { counts } = this;
    if (sum !== undefined) {
      if (series.sum === 0) series.sum = this.metric.series(series.labels, '_sum');
      if (series.sum !== 0) this.sample(series.sum, zeroMs, timeMs, sum);
    }
    this.sample(series.state.series, zeroMs, timeMs, count);
    let upTo = 0;
    for (let i = 0; i < series.bounds.length; i++) {
      upTo += fixed64At(counts.view, counts.start + 8 * i);
      this.sample(series.buckets[i]!, zeroMs, timeMs, upTo);
    }
    this.sample(series.buckets.at(-1)!, zeroMs, timeMs, count);
    if (counts.length > 8 * series.bounds.length)
      upTo += fixed64At(counts.view, counts.start + 8 * series.bounds.length);
    if (counts.length > 0 && upTo !== count) this.metric.leaveOut('odd-count');
  }

  private sample(series: number, zeroMs: number, timeMs: number, value: number): void {
    const { sink, deltas } = this.run;
    if (this.options.delta) {
      deltas.sample(sink, series, zeroMs, timeMs, value);
      return;
    }
    if (zeroMs > 0) sink.sample(series, zeroMs, 0);
    sink.sample(series, timeMs, value);
  }

  /** Such a point brings neither a sum nor, mostly, its bounds: what there is of the histogram has ended. */
  private writeStale({ state, buckets, labels }: HistogramSeries, timeMs: number): void {
    state.timeMs = Math.max(state.timeMs, timeMs);
    const sums = this.metric.existing(labels, '_sum');
    const known = this.metric.existing(labels, '_bucket', 'le');
    for (const id of new Set([...sums, state.series, ...buckets, ...known])) this.run.sink.stale(id, timeMs);
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

/** One count more than bounds, or no counts; +Inf may be among the bounds. */
function doBucketsFit(counts: ByteRun, bounds: ByteRun): boolean {
  if (counts.length === 0 || counts.length === bounds.length + 8) return true;
  return counts.length === bounds.length && bounds.view.getFloat64(bounds.stop - 8, true) === Number.POSITIVE_INFINITY;
}

function histogramSeries(
  run: DecodeRun,
  metric: MetricLabels,
  labels: ReadonlyMap<string, string>,
  boundBytes: ByteRun,
): HistogramSeries | undefined {
  const bounds: number[] = [];
  for (let at = boundBytes.start; at < boundBytes.stop; at += 8) bounds.push(boundBytes.view.getFloat64(at, true));
  if (bounds.some((bound, i) => !(bound > (bounds[i - 1] ?? Number.NEGATIVE_INFINITY)))) return undefined;
  if (bounds.at(-1) === Number.POSITIVE_INFINITY) bounds.pop();
  const count = metric.series(labels, '_count');
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound) =>
    metric.series(labels, '_bucket', 'le', formatDecimal(bound)),
  );
  const state = run.states.of(buckets.includes(0) ? 0 : count);
  return { state, sum: 0, buckets, bounds, labels };
}
