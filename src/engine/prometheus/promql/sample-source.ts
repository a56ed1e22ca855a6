export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One label matcher. Regular expressions are RE2, anchored at both ends; a missing label matches as the empty string. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/** Label pairs sorted by name, `__name__` included. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** One stored series within a time range. */
export interface SelectedSeries {
  readonly labels: Labels;
  /** Milliseconds since 1970, strictly ascending. */
  readonly times: Float64Array;
  /** Same length as `times`. Stale markers are told from ordinary NaNs by their bits: see `isStaleMarker`. */
  readonly values: Float64Array;
}

/** Where the PromQL engine gets samples from. */
export interface SampleSource {
  /** Series that match all matchers and have samples with startMs <= time <= endMs. Any order of series. */
  select(matchers: readonly Matcher[], startMs: number, endMs: number, signal?: AbortSignal): Promise<SelectedSeries[]>;
}
