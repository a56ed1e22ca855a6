import type { DecodeRun } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';
import { readExemplar } from './read-exemplar';

/** NumberDataPoints of a gauge or a sum. As in Prometheus, exemplars of gauges are left out. */
export class NumberPoints implements PointDecoder {
  private readonly series: PointIndex<number>;

  constructor(
    private readonly run: DecodeRun,
    metric: MetricLabels,
    private readonly options: { delta: boolean; exemplars: boolean },
  ) {
    this.series = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return labels === undefined ? 0 : metric.series(labels);
    });
  }

  decode(end: number): boolean {
    const { run } = this;
    const { reader } = run;
    let startMs = 0;
    let timeMs = 0;
    let flags = 0;
    let value: number | undefined;
    run.beginPoint();
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.varint();
      if (tag === 0x3a) run.attribute(tagStart);
      else if (tag === 0x19) timeMs = run.millis();
      else if (tag === 0x11) startMs = run.millis();
      else if (tag === 0x21) value = run.double();
      else if (tag === 0x31) value = run.sfixed64();
      else if (tag === 0x2a) run.exemplar();
      else if (tag === 0x40) flags = reader.varint();
      else reader.skip(tag & 7);
    }

    const series = this.series.at(run.attributes);
    if (series === 0) return false;
    const time = run.pointTime(timeMs);
    if (flags & NO_RECORDED_VALUE) run.sink.stale(series, time);
    else if (value === undefined) return false;
    else if (!this.options.delta) run.sink.sample(series, time, value);
    else if (Number.isFinite(value)) run.deltas.sample(run.sink, series, startMs, time, value);
    else return false;
    if (this.options.exemplars) this.writeExemplars(series, time);
    return true;
  }

  private writeExemplars(series: number, timeMs: number): void {
    const { exemplars, sink } = this.run;
    for (let i = 0; i < exemplars.length; i += 2) {
      const exemplar = readExemplar(this.run, exemplars[i]!, exemplars[i + 1]!, timeMs);
      exemplar.series = series;
      sink.exemplar(exemplar);
    }
  }
}
