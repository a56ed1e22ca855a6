import { formatDecimal } from '../../prometheus/promql/format-sample';
import type { DecodeRun } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';

interface SummarySeries {
  readonly sum: number;
  readonly count: number;
  quantile(quantile: number): number;
}

/** SummaryDataPoints: one series a quantile, `_sum` and `_count`. */
export class SummaryPoints implements PointDecoder {
  private readonly series: PointIndex<SummarySeries | undefined>;
  /** Quantile and value by turns. */
  private readonly quantiles: number[] = [];

  constructor(
    private readonly run: DecodeRun,
    metric: MetricLabels,
  ) {
    this.series = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return labels && summarySeries(metric, labels);
    });
  }

  decode(end: number): boolean {
    const { run, quantiles } = this;
    const { reader } = run;
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
      else if (tag === 0x19) timeMs = run.millis();
      else if (tag === 0x21) count = run.fixed64();
      else if (tag === 0x29) sum = run.double();
      else if (tag === 0x32) this.readQuantile();
      else if (tag === 0x40) flags = reader.varint();
      else reader.skip(tag & 7);
    }

    const series = this.series.at(run.attributes);
    if (series === undefined) return false;
    const time = run.pointTime(timeMs);
    const stale = (flags & NO_RECORDED_VALUE) !== 0;
    const write = (id: number, value: number) => {
      if (id === 0) return;
      if (stale) run.sink.stale(id, time);
      else run.sink.sample(id, time, value);
    };
    write(series.sum, sum);
    write(series.count, count);
    for (let i = 0; i < quantiles.length; i += 2) write(series.quantile(quantiles[i]!), quantiles[i + 1]!);
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

function summarySeries(metric: MetricLabels, labels: ReadonlyMap<string, string>): SummarySeries | undefined {
  const sum = metric.series(labels, '_sum');
  const count = metric.series(labels, '_count');
  if (sum === 0 || count === 0) return undefined;
  const quantiles = new Map<number, number>();
  return {
    sum,
    count,
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
