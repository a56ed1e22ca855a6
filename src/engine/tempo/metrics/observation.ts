/** What is known of the spans of one series in one interval. */
export interface Observation {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Of the newest of them. */
  readonly seq: number;
  /** Log2 of the bucket, for quantiles and histograms; undefined where the value has none. */
  readonly exponent?: number;
}
