import type { Finding } from '../runs/finding';
import { FindingCollector } from './finding-collector';
import { findManyLabels, type SeriesLabels } from './rules/many-labels';

/** What is to be found in the labels of metrics, a set of labels with `__name__` for each series. */
export function findInSeries(series: Iterable<SeriesLabels>): Finding[] {
  const collector = new FindingCollector();
  for (const sighting of findManyLabels(series)) collector.addSighting(sighting);
  return collector.finish({ requests: [], requestCount: 0, templates: [] }).findings;
}
