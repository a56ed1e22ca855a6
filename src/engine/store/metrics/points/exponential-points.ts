import { MAX_EXPONENTIAL_BUCKETS, MIN_EXPONENTIAL_SCALE } from '../../../otlp/request/rejection';
import { coarsenHistogram } from '../deltas/add-exponential-histograms';
import { CAME_BEFORE } from '../deltas/delta-clock';
import { emptyHistogram } from '../deltas/delta-sums';
import type { ExponentialHistogramPoint } from '../series/metric-sink';
import { beginningOf, isFirstAt, type PointState } from '../series/point-state';
import type { DecodeRun } from './decode-run';
import type { MetricLabels } from './metric-labels';
import { NO_RECORDED_VALUE, type PointDecoder } from './point-decoder';
import { PointIndex } from './point-index';
import { readExemplar } from './read-exemplar';

/** Beyond it neighbouring buckets are joined: none of an SDK is finer. */
const MAX_SCALE = 20;

/** ExponentialHistogramDataPoints: kept whole, under a series of their own. */
export class ExponentialPoints implements PointDecoder {
  private readonly states: PointIndex<PointState | undefined>;

  constructor(
    private readonly run: DecodeRun,
    private readonly metric: MetricLabels,
    private readonly options: { delta: boolean },
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
    let startMs = 0;
    let flags = 0;
    run.beginPoint();
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.varint();
      if (tag === 0x0a) run.attribute(tagStart);
      else if (tag === 0x11) startMs = run.millis();
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
    const isTooWide = Math.max(point.positiveCounts.length, point.negativeCounts.length) > MAX_EXPONENTIAL_BUCKETS;
    if (point.scale < MIN_EXPONENTIAL_SCALE || isTooWide) return false;
    if (!this.options.delta && run.isTooOld(point.timeMs)) return this.metric.leaveOut('too-old');
    const state = this.states.at(run.attributes);
    if (state === undefined) return false;
    if (state.series === 0) return this.metric.leaveOut('series-cap');
    if (run.isDeltaTooOld(point.timeMs, state)) return this.metric.leaveOut('too-old');
    point.series = state.series;
    const hasTime = point.timeMs !== 0;
    point.timeMs = run.pointTime(point.timeMs, this.metric);
    const { timeMs } = point;
    if (flags & NO_RECORDED_VALUE) {
      state.timeMs = Math.max(state.timeMs, timeMs);
      run.sink.stale(point.series, timeMs);
      return true;
    }
    const kept = point.scale > MAX_SCALE ? coarsenHistogram(point, MAX_SCALE) : point;
    const count = Number(point.count);
    if (!isSumOfBuckets(point)) this.metric.leaveOut('odd-count');
    if (!this.options.delta) {
      const zeroMs = beginningOf(state, startMs, timeMs, run.sinceMs);
      if (!isFirstAt(state, timeMs, count)) return count === state.value || this.metric.leaveOut('same-time');
      if (zeroMs > 0) run.sink.exponentialHistogram(emptyHistogram(kept, zeroMs));
      run.sink.exponentialHistogram(kept);
    } else {
      if (!Number.isFinite(point.sum)) return false;
      const zeroMs = run.deltaBeginning(state, startMs, timeMs);
      const at = run.clock.timeOf(state, timeMs, hasTime ? run.hash(start, end) : null);
      if (at === CAME_BEFORE) return this.metric.leaveOut('delta-again');
      run.deltas.histogram(run.sink, zeroMs, { ...kept, timeMs: at });
    }
    for (let i = 0; i < run.exemplars.length; i += 2) {
      const exemplar = readExemplar(run, run.exemplars[i]!, run.exemplars[i + 1]!, timeMs);
      exemplar.series = point.series;
      run.sink.exemplar(exemplar);
    }
    return true;
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

/** A histogram may come without buckets. Observations that are NaN are in none; their sum is NaN as well. */
function isSumOfBuckets({ count, sum, zeroCount, positiveCounts, negativeCounts }: ExponentialHistogramPoint): boolean {
  let inBuckets = zeroCount;
  for (const each of positiveCounts) inBuckets += each;
  for (const each of negativeCounts) inBuckets += each;
  if (inBuckets === 0n) return true;
  return Number.isNaN(sum) ? inBuckets <= count : inBuckets === count;
}
