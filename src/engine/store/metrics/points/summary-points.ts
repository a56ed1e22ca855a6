import { formatDecimal } from '../../../samples/format-sample';
import { beginningOf, isFirstAt, type PointState } from '../series/point-state';
import type { DecodeRun } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';

interface SummarySeries {
  readonly sum: number;
  /** Of the `_count`. */
  readonly state: PointState;
  readonly labels: ReadonlyMap<string, string>;
  quantile(quantile: number): number;
}

/** SummaryDataPoints: one series a quantile, `_sum` and `_count`. */
export class SummaryPoints implements PointDecoder {
  private readonly series: PointIndex<SummarySeries | undefined>;
  /** Quantile and value by turns. */
  private readonly quantiles: number[] = [];

  constructor(
    private readonly run: DecodeRun,
    private readonly metric: MetricLabels,
  ) {
    this.series = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return labels && summarySeries(run, metric, labels);
    });
  }

  decode(end: number): boolean {
    const { run, quantiles } = this;
    const { reader } = run;
    let startMs = 0;
    let timeMs = 0;
    let flags = 0;
    let count = 0;
    let sum = 0;
    run.beginPoint();
    quantiles.length = 0;
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.varint();
      if (tag === 0x3a) run.attribute(tagStart);
      else if (tag === 0x11) startMs = run.millis();
      else if (tag === 0x19) timeMs = run.millis();
      else if (tag === 0x21) count = run.fixed64();
      else if (tag === 0x29) sum = run.double();
      else if (tag === 0x32) this.readQuantile();
      else if (tag === 0x40) flags = reader.varint();
      else reader.skip(tag & 7);
    }

    if (run.isTooOld(timeMs)) return this.metric.leaveOut('too-old');
    const series = this.series.at(run.attributes);
    if (series === undefined) return false;
    const { state } = series;
    if (state.series === 0) return this.metric.leaveOut('series-cap');
    const time = run.pointTime(timeMs, this.metric);
    const stale = (flags & NO_RECORDED_VALUE) !== 0;
    if (stale) {
      // Such a point brings no quantiles: what there is of the summary has ended.
      state.timeMs = Math.max(state.timeMs, time);
      const known = this.metric.existing(series.labels, '', 'quantile');
      for (const id of new Set([series.sum, state.series, ...known])) run.sink.stale(id, time);
    } else {
      const zeroMs = beginningOf(state, startMs, time, run.sinceMs);
      if (!isFirstAt(state, time, count)) return count === state.value || this.metric.leaveOut('same-time');
      if (zeroMs > 0) for (const id of [series.sum, state.series]) run.sink.sample(id, zeroMs, 0);
      run.sink.sample(series.sum, time, sum);
      run.sink.sample(state.series, time, count);
      for (let i = 0; i < quantiles.length; i += 2) {
        const quantile = series.quantile(quantiles[i]!);
        if (quantile !== 0) run.sink.sample(quantile, time, quantiles[i + 1]!);
      }
    }
    return true;
  }

  private readQuantile(): void {
    const { run } = this;
    const { reader } = run;
    const end = reader.blockEnd();
    let quantile = 0;
    let value = 0;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x09) quantile = run.double();
      else if (tag === 0x11) value = run.double();
      else reader.skip(tag & 7);
    }
    this.quantiles.push(quantile, value);
  }
}

function summarySeries(run: DecodeRun, metric: MetricLabels, labels: ReadonlyMap<string, string>): SummarySeries {
  const sum = metric.series(labels, '_sum');
  const count = metric.series(labels, '_count');
  const quantiles = new Map<number, number>();
  return {
    sum,
    labels,
    state: run.states.of(sum === 0 ? 0 : count),
    quantile(quantile) {
      let id = quantiles.get(quantile);
      if (id === undefined) {
        id = metric.series(labels, '', 'quantile', formatDecimal(quantile));
        quantiles.set(quantile, id);
      }
      return id;
    },
  };
}
