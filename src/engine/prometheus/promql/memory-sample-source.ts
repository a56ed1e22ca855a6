import { compileMatcher } from '../../regex/compile-matcher';
import { weightOfHistogram } from './histogram/weight-of-histogram';
import type { Matcher, ReadLimits, SampleSource, SelectedSeries } from './terms/sample-source';
import { valueOfLabel } from './values/labels';

/** Samples held in memory: what tests and benchmarks evaluate queries on. */
export class MemorySampleSource implements SampleSource {
  /** How often each selector was read, by its matchers as JSON. */
  readonly reads = new Map<string, number>();

  constructor(private readonly series: readonly SelectedSeries[]) {}

  async select(
    matchers: readonly Matcher[],
    startMs: number,
    endMs: number,
    { budget }: ReadLimits,
  ): Promise<SelectedSeries[]> {
    const key = JSON.stringify(matchers);
    this.reads.set(key, (this.reads.get(key) ?? 0) + 1);
    const tests = matchers.map((matcher) => [matcher.name, compileMatcher(matcher)] as const);
    const found = this.series
      .filter(({ labels }) => tests.every(([name, matches]) => matches(valueOfLabel(labels, name))))
      .map((series) => within(series, startMs, endMs))
      .filter(({ times }) => times.length > 0);
    for (const { times, histograms = [] } of found) {
      budget.load(times.length);
      for (const histogram of histograms) if (histogram) budget.load(weightOfHistogram(histogram));
    }
    return found;
  }
}

function within({ labels, times, values, histograms }: SelectedSeries, startMs: number, endMs: number): SelectedSeries {
  let from = 0;
  while (from < times.length && times[from]! < startMs) from++;
  let to = from;
  while (to < times.length && times[to]! <= endMs) to++;
  return {
    labels,
    times: times.subarray(from, to),
    values: values.subarray(from, to),
    ...(histograms && { histograms: histograms.slice(from, to) }),
  };
}
