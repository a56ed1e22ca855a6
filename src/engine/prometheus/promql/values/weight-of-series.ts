import { weightOfHistogram } from '../histogram/weight-of-histogram';
import type { StepSeries } from './value';

/** How many float samples take as much memory as the series. */
export function weightOfSeries({ values, histograms }: StepSeries): number {
  let weight = values.length;
  histograms?.forEach((histogram) => {
    if (histogram) weight += weightOfHistogram(histogram);
  });
  return weight;
}
