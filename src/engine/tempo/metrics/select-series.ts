import type { Pace } from '../pace';
import type { MetricsStage } from '../traceql/ast';
import type { Static, StaticType } from '../traceql/static-value';
import { keepBest } from './keep-best';
import type { Label, MetricSeries } from './series-table';

/**
 * `topk`, `bottomk`: keeps the highest or lowest values of each interval. Of equal ones Tempo keeps for `topk` those whose
 * labels come first in the alphabet, for `bottomk` those whose labels come last.
 */
export async function selectSeries(
  series: readonly MetricSeries[],
  { function: name, count }: MetricsStage['selections'][number],
  intervals: number,
  pace: Pace,
): Promise<readonly MetricSeries[]> {
  if (series.length <= count) return series;
  const sign = name === 'topk' ? 1 : -1;
  const kept = new Map<MetricSeries, Map<number, number>>();
  for (let interval = 0; interval < intervals; interval++) {
    const present = valuesAt(series, interval);
    const best = await keepBest(
      present,
      count,
      (a, b) => sign * (b.value - a.value || compareLabels(b.series.labels, a.series.labels)),
      pace,
    );
    for (const { series, value } of best) {
      const values = kept.get(series) ?? new Map<number, number>();
      kept.set(series, values.set(interval, value));
    }
  }
  return Array.from(kept, ([{ labels, spanAt }, values]) => ({
    labels,
    valueAt: (interval) => values.get(interval) ?? Number.NaN,
    spanAt: (interval) => (values.has(interval) ? spanAt(interval) : undefined),
  }));
}

function* valuesAt(
  series: readonly MetricSeries[],
  interval: number,
): Generator<{ series: MetricSeries; value: number }> {
  for (const each of series) {
    const value = each.valueAt(interval);
    if (!Number.isNaN(value)) yield { series: each, value };
  }
}

/** Tempo's order: texts backwards, other values forwards. */
function compareLabels(a: readonly Label[], b: readonly Label[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [left, right] = [a[i], b[i]];
    if (!left || !right) return left ? 1 : -1;
    const order =
      compareTexts(textOf(right.value), textOf(left.value)) ||
      compareTexts(right.key, left.key) ||
      typeOrder.indexOf(left.value.type) - typeOrder.indexOf(right.value.type) ||
      compareCodes(codeOf(left.value), codeOf(right.value));
    if (order !== 0) return order;
  }
  return 0;
}

const typeOrder: readonly StaticType[] = [
  'nil',
  'int',
  'float',
  'string',
  'boolean',
  'duration',
  'status',
  'kind',
  'array',
];

function textOf(value: Static): string {
  return value.type === 'string' || value.type === 'status' || value.type === 'kind' ? value.value : '';
}

function codeOf(value: Static): bigint | number {
  switch (value.type) {
    case 'int':
    case 'duration':
    case 'float':
      return value.value;
    case 'boolean':
      return value.value ? 1 : 0;
    default:
      return 0;
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareCodes(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
