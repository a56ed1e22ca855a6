import type { SiblingLabel } from './sibling-series';

/**
 * What the decoder of metrics writes into: `decodeMetrics(request, receivedMs, sink)` gathers columns here, and the
 * store appends them with the rest of the transaction. Series ids stay the same for the life of the data.
 */
export interface MetricSink {
  /**
   * The id of a series, made when it is new. `labels` is [name, value, name, value, …] sorted by name, without `__name__`.
   * Answers 0 when the cap on series is reached: the caller then leaves the point out. `beyondCap`: one of the few that
   * tell of such points, or of which there are few.
   */
  seriesId(name: string, labels: readonly string[], beyondCap?: boolean): number;
  /** The ids of the series there are of that name with just these labels, and `sibling` beside them where it is given. */
  existing(name: string, labels: ReadonlyMap<string, string>, sibling?: SiblingLabel): Iterable<number>;
  /** Counts an accepted point that is not stored, or not as it came, so that it can be told. */
  leaveOut(reason: LeftOutReason, metric: string, service: string): void;
  sample(series: number, timeMs: number, value: number): void;
  /** Writes Prometheus' stale marker. */
  stale(series: number, timeMs: number): void;
  /** Ids as in the schema: 0 where absent. `attributes` are ids given by `attributeId`. */
  exemplar(exemplar: Exemplar): void;
  exponentialHistogram(point: ExponentialHistogramPoint): void;
  metadata(name: string, type: MetricType, unit: string, help: string): void;
  /** The dictionary's id of the protobuf KeyValue message at [start, end) of `bytes` (without its tag and length). */
  attributeId(bytes: Uint8Array, start: number, end: number): number;
}

/**
 * `series-cap`: there may be no more series. `near-cap`, `near-span-cap`: there may soon be none, of any or of those made of
 * spans. `same-time`: its series has another point at this very time. `delta-again`:
 * this delta was counted before. `too-old`: it is older than what is kept. `unlikely-time`: it is kept at its arrival.
 * `odd-count`: a histogram is kept whose count is not what its buckets hold.
 */
export type LeftOutReason =
  | 'series-cap'
  | 'near-cap'
  | 'near-span-cap'
  | 'same-time'
  | 'delta-again'
  | 'too-old'
  | 'unlikely-time'
  | 'odd-count';

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';

export interface Exemplar {
  series: number;
  timeMs: number;
  value: number;
  traceHi: bigint;
  traceLo: bigint;
  spanId: bigint;
  attributes: readonly number[];
}

export interface ExponentialHistogramPoint {
  series: number;
  timeMs: number;
  count: bigint;
  sum: number;
  scale: number;
  zeroCount: bigint;
  zeroThreshold: number;
  positiveOffset: number;
  positiveCounts: readonly bigint[];
  negativeOffset: number;
  negativeCounts: readonly bigint[];
}
