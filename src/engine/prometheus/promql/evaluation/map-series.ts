import type { StepSeries } from '../values/value';
import { weightOfSeries } from '../values/weight-of-series';
import type { EvaluationContext } from './evaluation-context';

/** `items.map(compute)` in turns; ends the query once the results outgrow its budget. */
export async function mapSeries<Item>(
  items: Iterable<Item>,
  { pace, budget }: Pick<EvaluationContext, 'pace' | 'budget'>,
  compute: (item: Item) => StepSeries | Promise<StepSeries>,
): Promise<StepSeries[]> {
  const results: StepSeries[] = [];
  let weight = 0;
  for (const item of items) {
    const computed = compute(item);
    const series = computed instanceof Promise ? await computed : computed;
    weight += weightOfSeries(series);
    budget.hold(weight);
    results.push(series);
    if (pace.isDue()) await pace.turn();
  }
  return results;
}
