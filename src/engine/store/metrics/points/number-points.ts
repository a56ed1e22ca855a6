import { CAME_BEFORE } from '../deltas/delta-clock';
import { beginningOf, isFirstAt, type PointState } from '../series/point-state';
import type { DecodeRun } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';
import { readExemplar } from './read-exemplar';

/** NumberDataPoints of a gauge or a sum. As in Prometheus, exemplars of gauges are left out. */
export class NumberPoints implements PointDecoder {
  private readonly states: PointIndex<PointState | undefined>;

  /** `counter`: it only grows, from zero on. */
  constructor(
    private readonly run: DecodeRun,
    private readonly metric: MetricLabels,
    private readonly options: { delta: boolean; counter: boolean; exemplars: boolean },
  ) {
    this.states = new PointIndex((attributes) => {
      const labels = metric.labels(attributes);
      return labels && run.states.of(metric.series(labels));
    });
  }

  decode(end: number): boolean {
    const { run } = this;
    const { reader } = run;
    const start = reader.position;
    let startMs = 0;
    let timeMs = 0;
    let flags = 0;
    // A point without a value is 0, as Prometheus stores it.
    let value = 0;
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

    if (!this.options.delta && run.isTooOld(timeMs)) return this.metric.leaveOut('too-old');
    const state = this.states.at(run.attributes);
    if (state === undefined) return false;
    if (state.series === 0) return this.metric.leaveOut('series-cap');
    if (run.isDeltaTooOld(timeMs, state)) return this.metric.leaveOut('too-old');
    const time = run.pointTime(timeMs, this.metric);
    if (flags & NO_RECORDED_VALUE) {
      state.timeMs = Math.max(state.timeMs, time);
      run.sink.stale(state.series, time);
    } else if (!this.options.delta) {
      const zeroMs = this.options.counter ? beginningOf(state, startMs, time, run.sinceMs) : 0;
      if (!isFirstAt(state, time, value)) return Object.is(value, state.value) || this.metric.leaveOut('same-time');
      if (zeroMs > 0) run.sink.sample(state.series, zeroMs, 0);
      run.sink.sample(state.series, time, value);
    } else {
      if (!Number.isFinite(value)) return false;
      const hasTime = timeMs !== 0;
      const zeroMs = run.deltaBeginning(state, startMs, time);
      const at = run.clock.timeOf(state, time, hasTime ? run.hash(start, end) : null);
      if (at === CAME_BEFORE) return this.metric.leaveOut('delta-again');
      run.deltas.sample(run.sink, state.series, zeroMs, at, value);
    }
    if (this.options.exemplars) this.writeExemplars(state.series, time);
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
