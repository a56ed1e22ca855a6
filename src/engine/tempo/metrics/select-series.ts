import type { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';
import { AnswerTooLarge } from '../answers/answer-too-large';
import type { MetricsStage } from '../traceql/ast';
import type { Static, StaticType } from '../traceql/static-value';
import { keepBest } from './keep-best';
import type { Label, MetricSeries } from './series-table';

/** Values that are kept together, each of about 50 bytes. */
const MAX_KEPT = 2_000_000;
/** One value looked at, in units of `Pace.isDueAfter`. */
const LOOK = 10;

/**
 * `topk`, `bottomk`: keeps the highest or lowest values of each interval. Of equal ones Tempo keeps for `topk` those whose
 * labels come first in the alphabet, for `bottomk` those whose labels come last. Takes time by the values that were
 * observed and those that are kept, not by all series at all intervals. Throws `AnswerTooLarge`.
 */
export async function selectSeries(
  series: readonly MetricSeries[],
  { function: name, count }: MetricsStage['selections'][number],
  intervals: number,
  pace: Pace,
): Promise<readonly MetricSeries[]> {
  if (series.length <= count) return series;
  if (count * intervals > MAX_KEPT)
    throw new AnswerTooLarge(
      `${name}(${count}) keeps ${count} series at each of ${intervals} intervals: more than ${MAX_KEPT} values; ask for fewer series or a larger step`,
    );
  const sign = name === 'topk' ? 1 : -1;
  const byRank = (a: Ranked, b: Ranked) =>
    sign * (b.value - a.value || compareLabels(b.series.labels, a.series.labels));
  const observed = await ObservedValues.of(series, intervals, pace);
  // All of them are 0 where nothing was observed, so that their labels alone rank them.
  const others = await sortInTurns(
    series.filter(({ otherwise }) => !Number.isNaN(otherwise)).map((each) => ({ series: each, value: each.otherwise })),
    byRank,
    pace,
  );
  const kept = new Map<MetricSeries, Map<number, number>>();
  for (let interval = 0; interval < intervals; interval++) {
    const present = observed.at(interval);
    const candidates = [...present.filter(({ value }) => !Number.isNaN(value)), ...firstOthers(others, present, count)];
    for (const { series, value } of await keepBest(candidates, count, byRank, pace)) {
      const values = kept.get(series) ?? new Map<number, number>();
      kept.set(series, values.set(interval, value));
    }
    if (pace.isDueAfter(LOOK * (candidates.length + present.length + 1))) await pace.turn();
  }
  return Array.from(kept, ([{ labels, spanAt }, values]) => ({
    labels,
    valueAt: (interval) => values.get(interval) ?? Number.NaN,
    observed: () => values.keys(),
    otherwise: Number.NaN,
    spanAt: (interval) => (values.has(interval) ? spanAt(interval) : undefined),
  }));
}

interface Ranked {
  readonly series: MetricSeries;
  readonly value: number;
}

/** The best so many of the series that have no value of their own. */
function firstOthers(others: readonly Ranked[], present: readonly Ranked[], count: number): Ranked[] {
  const taken = new Set(present.map(({ series }) => series));
  const first: Ranked[] = [];
  for (let at = 0; at < others.length && first.length < count; at++)
    if (!taken.has(others[at]!.series)) first.push(others[at]!);
  return first;
}

/** The values of all series by interval. */
class ObservedValues {
  private constructor(
    private readonly series: readonly MetricSeries[],
    private readonly ends: Uint32Array,
    private readonly owners: Uint32Array,
    private readonly values: Float64Array,
  ) {}

  static async of(series: readonly MetricSeries[], intervals: number, pace: Pace): Promise<ObservedValues> {
    const ends = new Uint32Array(intervals + 1);
    for (const each of series) {
      for (const interval of each.observed()) {
        ends[interval + 1]!++;
        if (pace.isDueAfter(LOOK)) await pace.turn();
      }
    }
    for (let interval = 0; interval < intervals; interval++) ends[interval + 1]! += ends[interval]!;
    const next = ends.slice();
    const owners = new Uint32Array(ends[intervals]!);
    const values = new Float64Array(ends[intervals]!);
    for (const [index, each] of series.entries()) {
      for (const interval of each.observed()) {
        const at = next[interval]!++;
        owners[at] = index;
        values[at] = each.valueAt(interval);
        if (pace.isDue()) await pace.turn();
      }
    }
    return new ObservedValues(series, ends, owners, values);
  }

  at(interval: number): Ranked[] {
    const ranked: Ranked[] = [];
    for (let at = this.ends[interval]!; at < this.ends[interval + 1]!; at++)
      ranked.push({ series: this.series[this.owners[at]!]!, value: this.values[at]! });
    return ranked;
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
