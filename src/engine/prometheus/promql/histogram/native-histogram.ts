/** What a histogram tells of counter resets before it; `gauge`: it is no counter, so that there are none. */
export type CounterReset = 'unknown' | 'reset' | 'not-reset' | 'gauge';

/** The populated buckets of one sign: indexes ascending, counts never 0. Bucket `i` ends at base^i, base being 2^(2^-schema). */
export interface Buckets {
  readonly indexes: readonly number[];
  readonly counts: readonly number[];
}

/** A sample of Prometheus' native histograms with exponential buckets. Counts may be fractions, and negative after a subtraction. */
export interface NativeHistogram {
  /** −10 to 8; each step halves the logarithmic width of a bucket. */
  readonly schema: number;
  readonly count: number;
  readonly sum: number;
  /** Values of at most this magnitude are counted in `zeroCount`. */
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  /** Values above base^(i-1) up to base^i. */
  readonly positive: Buckets;
  /** The same with the sign turned. */
  readonly negative: Buckets;
  readonly counterReset: CounterReset;
}

export const NO_BUCKETS: Buckets = { indexes: [], counts: [] };
