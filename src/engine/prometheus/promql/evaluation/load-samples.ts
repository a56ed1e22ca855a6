import type { SampleSource, SelectedSeries } from '../sample-source';
import type { VectorSelector } from '../syntax/ast';
import { compareLabels } from '../values/labels';
import type { Selection } from './plan-selections';
import type { SampleBudget } from './sample-budget';

/** Reads all selections; each selector finds its series sorted by labels. */
export async function loadSamples(
  source: SampleSource,
  selections: readonly Selection[],
  budget: SampleBudget,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<VectorSelector, readonly SelectedSeries[]>> {
  const samples = new Map<VectorSelector, readonly SelectedSeries[]>();
  await Promise.all(
    selections.map(async ({ matchers, startMs, endMs, selectors }) => {
      const series = await source.select(matchers, startMs, endMs, signal);
      for (const one of series) budget.load(one.times.length);
      series.sort((left, right) => compareLabels(left.labels, right.labels));
      for (const selector of selectors) samples.set(selector, series);
    }),
  );
  return samples;
}
