import type { Pace } from '../../pace/pace';
import type { VectorAggregation } from '../logql/ast';
import { labelsKey } from '../records/log-stream';
import { createSeries, groupLabels, type MetricSeries, type StepGrid } from './metric-series';

/** `sum`, `topk`, … over series at every step. Without a grouping everything is one group. */
export async function aggregateVector(
  aggregation: VectorAggregation,
  series: readonly MetricSeries[],
  grid: StepGrid,
  pace: Pace,
): Promise<MetricSeries[]> {
  const { function: name } = aggregation;
  if (name === 'sort' || name === 'sort_desc') return sortSeries(series, name === 'sort');
  const grouping = aggregation.grouping ?? { without: false, labels: [] };
  const groups = new Map<string, { labels: ReadonlyMap<string, string>; members: MetricSeries[] }>();
  for (const one of series) {
    if (pace.isDue()) await pace.turn();
    const labels = groupLabels(one.labels, grouping);
    const key = labelsKey(labels);
    const group = groups.get(key) ?? { labels, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  const results: MetricSeries[] = [];
  for (const { labels, members } of groups.values()) {
    if (name === 'topk' || name === 'bottomk') {
      results.push(...(await selectExtremes(members, aggregation.parameter!, name === 'topk', grid, pace)));
    } else results.push(await foldGroup(name, labels, members, grid, pace));
  }
  return results;
}

async function foldGroup(
  name: Exclude<VectorAggregation['function'], 'topk' | 'bottomk' | 'sort' | 'sort_desc'>,
  labels: ReadonlyMap<string, string>,
  members: readonly MetricSeries[],
  grid: StepGrid,
  pace: Pace,
): Promise<MetricSeries> {
  const result = createSeries(labels, grid);
  for (let step = 0; step < grid.count; step++) {
    if (pace.isDue()) await pace.turn();
    const values = members.filter(({ present }) => present[step]).map((member) => member.values[step]!);
    if (values.length === 0) continue;
    result.values[step] = folds[name](values);
    result.present[step] = 1;
  }
  return result;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

// Welford's method.
function variance(values: readonly number[]): number {
  let mean = 0;
  let squares = 0;
  values.forEach((value, index) => {
    const delta = value - mean;
    mean += delta / (index + 1);
    squares += delta * (value - mean);
  });
  return squares / values.length;
}

const folds = {
  sum: total,
  avg: (values: readonly number[]) => total(values) / values.length,
  count: (values: readonly number[]) => values.length,
  max: (values: readonly number[]) =>
    values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
  min: (values: readonly number[]) =>
    values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
  stdvar: variance,
  stddev: (values: readonly number[]) => Math.sqrt(variance(values)),
};

async function selectExtremes(
  members: readonly MetricSeries[],
  k: number,
  largest: boolean,
  grid: StepGrid,
  pace: Pace,
): Promise<MetricSeries[]> {
  const kept = members.map((member) => createSeries(member.labels, grid));
  for (let step = 0; step < grid.count; step++) {
    if (pace.isDue()) await pace.turn();
    const ranked = members
      .map((member, index) => ({ index, value: member.values[step]!, present: member.present[step] }))
      .filter(({ present }) => present)
      .sort((a, b) => byValue(a.value, b.value, !largest));
    for (const { index, value } of ranked.slice(0, k)) {
      kept[index]!.values[step] = value;
      kept[index]!.present[step] = 1;
    }
  }
  return sortSeries(
    kept.filter(({ present }) => present.includes(1)),
    !largest,
  );
}

function byValue(a: number, b: number, ascending: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return ascending ? a - b : b - a;
}

// By the last step, which of an instant query is the only one.
function sortSeries(series: readonly MetricSeries[], ascending: boolean): MetricSeries[] {
  return [...series].sort((a, b) => byValue(a.values.at(-1)!, b.values.at(-1)!, ascending));
}
