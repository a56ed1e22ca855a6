import { compareTexts } from '../compare-texts';
import type { MetricDifference } from '../contract/explain';
import { mannWhitney } from '../run-diff/mann-whitney';

const leastRatio = 1.5;
const mostChance = 0.01;
/** Of more parts of a window, no more is learned. */
const fewest = 4;
/** Greater ratios say no more. */
const mostRatio = 50;

/** Values of one metric of one service, one for each part of a window that has some. */
export interface MeasuredMetric {
  readonly service: string;
  readonly name: string;
  readonly of: MetricDifference['of'];
  readonly selection: readonly number[];
  readonly against: readonly number[];
}

/** Metrics whose values in one window are half as great again as in the other, beyond chance, those that changed most first. */
export function compareMetrics(metrics: readonly MeasuredMetric[], most: number): MetricDifference[] {
  const compared = metrics.filter(({ selection, against }) => Math.min(selection.length, against.length) >= fewest);
  return compared
    .flatMap(({ service, name, of, selection, against }): MetricDifference[] => {
      const [is, was] = [medianOf(selection), medianOf(against)];
      const [greater, lesser] = [Math.max(Math.abs(is), Math.abs(was)), Math.min(Math.abs(is), Math.abs(was))];
      if (greater < leastRatio * lesser || greater === lesser) return [];
      const [above, below] = is > was ? [selection, against] : [against, selection];
      const chance = Math.min(1, 2 * mannWhitney(above, below) * compared.length);
      if (chance >= mostChance) return [];
      return [{ service, name, of, selection: is, against: was, ratio: was === 0 ? null : is / was, chance }];
    })
    .sort((a, b) => sizeOf(b) - sizeOf(a) || compareTexts(a.service, b.service) || compareTexts(a.name, b.name))
    .slice(0, most);
}

function sizeOf({ selection, against }: MetricDifference): number {
  const [greater, lesser] = [
    Math.max(Math.abs(selection), Math.abs(against)),
    Math.min(Math.abs(selection), Math.abs(against)),
  ];
  return Math.min(mostRatio, lesser === 0 ? mostRatio : greater / lesser);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >>> 1]!;
}
