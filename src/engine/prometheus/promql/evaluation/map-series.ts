import type { StepSeries } from '../values/value';
import { weightOfSeries } from '../values/weight-of-series';
import type { EvaluationContext } from './evaluation-context';

/** `items.map(compute)` in turns; ends the query once the results outgrow its budget. */
export async function mapSeries<Item>(
  items: Iterable<Item>,
  { pace, budget }: Pick<EvaluationContext, 'pace' | 'budget'>,
  compute: (item: Item) => StepSeries,
): Promise<StepSeries[]> {
  let weight = 0;
  return await pace.map(items, (item) => {
    const series = compute(item);
    weight += weightOfSeries(series);
    budget.hold(weight);
    return series;
  });
}
