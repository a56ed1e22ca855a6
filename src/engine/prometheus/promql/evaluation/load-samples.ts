import { sortInTurns } from '../../../pace/sort-in-turns';
import type { VectorSelector } from '../syntax/ast';
import type { ReadLimits, SampleSource, SelectedSeries } from '../terms/sample-source';
import { compareLabels } from '../values/labels';
import type { Selection } from './plan-selections';

/** Reads under way at a time: more would only wait for the database, and hold what they matched. */
const READS_AT_ONCE = 4;

/** Reads all selections; each selector finds its series sorted by labels. */
export async function loadSamples(
  source: SampleSource,
  selections: readonly Selection[],
  limits: ReadLimits,
): Promise<ReadonlyMap<VectorSelector, readonly SelectedSeries[]>> {
  const samples = new Map<VectorSelector, readonly SelectedSeries[]>();
  let next = 0;
  const readOn = async (): Promise<void> => {
    while (next < selections.length) {
      const { matchers, startMs, endMs, selectors } = selections[next++]!;
      const series = await source.select(matchers, startMs, endMs, limits);
      const sorted = await sortInTurns(series, (left, right) => compareLabels(left.labels, right.labels), limits.pace);
      for (const selector of selectors) samples.set(selector, sorted);
      if (limits.pace.isDue()) await limits.pace.turn();
    }
  };
  await Promise.all(Array.from({ length: Math.min(READS_AT_ONCE, selections.length) }, readOn));
  return samples;
}
