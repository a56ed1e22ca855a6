import type { MetricSink } from '../metrics/series/metric-sink';

/** A label set that got no new observation for so long is no longer written: after the lookback of PromQL it reads as gone. */
const IDLE_MS = 15 * 60_000;

interface Instrument {
  readonly series: readonly number[];
  readonly values: Float64Array;
  isNew: boolean;
  readonly isOverflow: boolean;
  changedMs: number;
}

/** What label sets beyond the limit are counted under, as Tempo's metrics generator names it. */
const OVERFLOW = ['metric_overflow', 'true'];

/** Sorted label pairs: [name, value, name, value, …]. */
export type LabelList = readonly string[];

/** Observations of one label set, to be added to a histogram in seconds. */
export interface Latencies {
  readonly sum: number;
  /** Cumulative, one for each bound and one for +Inf. */
  readonly buckets: readonly number[];
}

/**
 * Counters and histograms in memory, written out as samples again and again. A restart begins them at zero, which
 * PromQL takes for a counter's reset.
 */
export class Instruments {
  private readonly byKey = new Map<string, Instrument>();
  private overflowSets = 0;
  private overflowed = 0;
  private overflowedMs = Number.NEGATIVE_INFINITY;

  /**
   * More label sets than `limit`, or than there may be series, are counted together under `metric_overflow="true"` and those of
   * their labels that `kept` names. `beyondCap`: there may be series for all within the limit.
   */
  constructor(
    private readonly limit: number,
    private readonly kept: readonly string[] = [],
    private readonly beyondCap = false,
  ) {}

  /** What was counted together for want of room, for as long as more of it comes; 0 after. */
  overflow(nowMs: number): number {
    if (nowMs - this.overflowedMs > IDLE_MS) this.overflowed = 0;
    return this.overflowed;
  }

  count(sink: MetricSink, nowMs: number, name: string, labels: LabelList, by: number): void {
    const instrument = this.instrument(name, labels, (own, beyondCap) => [sink.seriesId(name, own, beyondCap)]);
    if (instrument.isOverflow) {
      this.overflowed = this.overflow(nowMs) + by;
      this.overflowedMs = nowMs;
    }
    instrument.values[0]! += by;
    instrument.changedMs = nowMs;
  }

  /** Adds to a histogram; answers the series of its buckets, `bounds` as the text of `le`. */
  observe(
    sink: MetricSink,
    nowMs: number,
    name: string,
    bounds: readonly string[],
    labels: LabelList,
    { sum, buckets }: Latencies,
  ): readonly number[] {
    const instrument = this.instrument(name, labels, (own, beyondCap) => [
      ...[...bounds, '+Inf'].map((le) => sink.seriesId(`${name}_bucket`, withLabel(own, 'le', le), beyondCap)),
      sink.seriesId(`${name}_sum`, own, beyondCap),
      sink.seriesId(`${name}_count`, own, beyondCap),
    ]);
    const added = [...buckets, sum, buckets.at(-1)!];
    for (let i = 0; i < added.length; i++) instrument.values[i]! += added[i]!;
    instrument.changedMs = nowMs;
    return instrument.series;
  }

  write(sink: MetricSink, nowMs: number): void {
    for (const [key, instrument] of this.byKey) {
      if (nowMs - instrument.changedMs > IDLE_MS) this.drop(key, instrument);
      else writeInstrument(sink, nowMs, instrument);
    }
  }

  /** Drops what was written to these series; it begins again at zero, in new ones. */
  forget(gone: ReadonlySet<number>): void {
    for (const [key, instrument] of this.byKey) {
      if (instrument.series.some((id) => gone.has(id))) this.drop(key, instrument);
    }
  }

  private instrument(
    name: string,
    labels: LabelList,
    makeSeries: (labels: LabelList, beyondCap: boolean) => number[],
  ): Instrument {
    const key = `${name}\0${labels.join('\0')}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const isOverflow = labels[0] === OVERFLOW[0];
    if (isOverflow && labels !== OVERFLOW && this.overflowSets >= MAX_OVERFLOW_SETS) {
      return this.instrument(name, OVERFLOW, makeSeries);
    }
    if (!isOverflow && this.byKey.size - this.overflowSets >= this.limit) {
      return this.instrument(name, this.overflowOf(labels), makeSeries);
    }
    const series = makeSeries(labels, isOverflow || this.beyondCap);
    if (!isOverflow && series.includes(0)) return this.instrument(name, this.overflowOf(labels), makeSeries);
    if (isOverflow) this.overflowSets++;
    const made = { series, values: new Float64Array(series.length), isNew: true, isOverflow, changedMs: 0 };
    this.byKey.set(key, made);
    return made;
  }

  private overflowOf(labels: LabelList): LabelList {
    if (this.kept.length === 0) return OVERFLOW;
    return [...OVERFLOW, ...labels.filter((_, i) => this.kept.includes(labels[i - (i % 2)]!))];
  }

  private drop(key: string, { isOverflow }: Instrument): void {
    this.byKey.delete(key);
    if (isOverflow) this.overflowSets--;
  }
}

/** Of several services: beyond them not even the labels that are kept are told apart. */
const MAX_OVERFLOW_SETS = 400;

function writeInstrument(sink: MetricSink, nowMs: number, instrument: Instrument): void {
  for (const [i, series] of instrument.series.entries()) {
    if (series === 0) continue;
    // From a zero before it, the first value counts as an increase.
    if (instrument.isNew) sink.sample(series, nowMs - 1, 0);
    sink.sample(series, nowMs, instrument.values[i]!);
  }
  instrument.isNew = false;
}

function withLabel(labels: LabelList, name: string, value: string): string[] {
  const at = labels.findIndex((text, i) => i % 2 === 0 && text > name);
  return at < 0 ? [...labels, name, value] : [...labels.slice(0, at), name, value, ...labels.slice(at)];
}
