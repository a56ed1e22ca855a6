import type { Pace } from '../../../pace/pace';
import type { NativeHistogram } from '../histogram/native-histogram';
import type { SampleBudget } from './sample-budget';

export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One label matcher. Regular expressions are RE2, anchored at both ends; a missing label matches as the empty string. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/** Label pairs sorted by name, `__name__` included. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** A float, or a native histogram. */
export type Sample = number | NativeHistogram;

/** One stored series within a time range. */
export interface SelectedSeries {
  readonly labels: Labels;
  /** Milliseconds since 1970, strictly ascending. */
  readonly times: Float64Array;
  /** Same length as `times`. Stale markers are told from ordinary NaNs by their bits: see `isStaleMarker`. */
  readonly values: Float64Array;
  /** The samples that are histograms, at their indexes; absent where there are none. */
  readonly histograms?: readonly (NativeHistogram | undefined)[];
}

/** What a read has to keep to: pauses and the end of the query, and how much it may hold. */
export interface ReadLimits {
  readonly pace: Pace;
  readonly budget: SampleBudget;
}

/** Where the PromQL engine gets samples from. */
export interface SampleSource {
  /**
   * Series that match all matchers and have samples with startMs <= time <= endMs. Any order of series. What is read is
   * charged to the budget, before memory is taken for it where the source can tell.
   */
  select(matchers: readonly Matcher[], startMs: number, endMs: number, limits: ReadLimits): Promise<SelectedSeries[]>;
}
