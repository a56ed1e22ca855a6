import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { Grouping, RangeAggregation, Stage } from '../logql/ast';
import { compilePipeline } from '../pipeline/compile-pipeline';
import { leaveOutRepeats } from '../selection/leave-out-repeats';
import type { LogCatalog } from '../selection/log-catalog';
import { planSelection, type SelectionPlan } from '../selection/plan-selection';
import { collectSamples, type SampleSeries } from './collect-samples';
import { countInSql } from './count-in-sql';
import { createSeries, groupLabels, type MetricSeries, SeriesTable, type StepGrid } from './metric-series';
import { rangeFunction } from './range-functions';
import { requiredLabels } from './required-labels';
import { MAX_SERIES, tooManySeries } from './too-many-series';

const countable = new Set(['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate', 'absent_over_time']);

export interface MetricContext {
  readonly reader: StoreReader;
  readonly catalog: LogCatalog;
  readonly grid: StepGrid;
  readonly signal: AbortSignal | undefined;
}

/** Whether the sum of this aggregation by `sumBy` is the same aggregation over the sum's labels. */
export function isSummable({ function: name, unwrap, grouping }: RangeAggregation, sumBy: Grouping): boolean {
  if (unwrap) return ['sum_over_time', 'rate'].includes(name) && !grouping && !sumBy.without;
  return countable.has(name) && name !== 'absent_over_time';
}

/** A range aggregation at every step; with `sumBy` the sum of its series by those labels. */
export async function evaluateRange(
  aggregation: RangeAggregation,
  context: MetricContext,
  sumBy?: Grouping,
): Promise<MetricSeries[]> {
  const { reader, catalog, grid } = context;
  const grouping = sumBy ?? groupingOf(aggregation);
  compilePipeline(aggregation.selection.stages);
  await catalog.refresh();
  const selection = { ...aggregation.selection, stages: withoutDeadStages(aggregation, grouping) };
  const planned = await planSelection(selection, reader, catalog);
  let series: MetricSeries[] = [];
  if (planned) {
    const { startNs, endNs } = samplesRange(aggregation, grid);
    const plan = await leaveOutRepeats(planned, reader, { from: startNs + 1n, to: endNs + 1n }, context.signal);
    const isCount = plan.stages.length === 0 && countable.has(aggregation.function) && !aggregation.unwrap;
    series = isCount
      ? await countSeries(aggregation, context, plan, grouping)
      : await foldSeries(aggregation, context, plan, grouping);
  }
  if (series.length > MAX_SERIES) throw tooManySeries();
  return aggregation.function === 'absent_over_time' ? invert(aggregation, series, grid) : series;
}

/** The times that any window of the grid reaches: `startNs` excluded, `endNs` included. */
function samplesRange({ offset, range }: RangeAggregation, grid: StepGrid): { startNs: bigint; endNs: bigint } {
  const first = grid.startNs - offset;
  return { startNs: first - range, endNs: first + grid.stepNs * BigInt(grid.count - 1) };
}

// An unwrapped label is the sample, no longer a label: only a `by` can keep it.
function groupingOf({ grouping, unwrap }: RangeAggregation): Grouping | undefined {
  if (!unwrap || (grouping && !grouping.without)) return grouping;
  return { without: true, labels: [...(grouping?.labels ?? []), unwrap.label] };
}

const parsers = new Set<Stage['kind']>(['json', 'logfmt', 'regexp', 'pattern', 'unpack']);
const readsLine = new Set<Stage['kind']>([...parsers, 'line-filter']);

// Where no label matters, parsers have nothing to do, and their errors are none; nor has a new line that nothing reads.
function withoutDeadStages({ selection, unwrap, function: name }: RangeAggregation, grouping: Grouping | undefined) {
  let { stages } = selection;
  if (!unwrap && !name.startsWith('bytes')) {
    const last = stages.findLastIndex(({ kind }) => readsLine.has(kind));
    stages = stages.filter(({ kind }, index) => kind !== 'line-format' || index < last);
  }
  const hasLabels = unwrap || !grouping || grouping.without || grouping.labels.length > 0;
  if (hasLabels || requiredLabels(stages).length > 0) return stages;
  return stages.filter(({ kind }) => !parsers.has(kind));
}

// A line's error fails the query, unless the query asks for it by name or for lines that are not there.
function allowsErrors({ selection, function: name }: RangeAggregation, grouping: Grouping | undefined): boolean {
  if (name === 'absent_over_time') return true;
  if (!grouping || grouping.without) return false;
  return [...grouping.labels, ...requiredLabels(selection.stages)].includes('__error__');
}

async function countSeries(
  aggregation: RangeAggregation,
  { reader, catalog, grid, signal }: MetricContext,
  plan: SelectionPlan,
  grouping: Grouping | undefined,
): Promise<MetricSeries[]> {
  const isAbsent = aggregation.function === 'absent_over_time';
  const wanted = isAbsent ? [] : grouping && !grouping.without ? grouping.labels : undefined;
  const table = new SeriesTable(grid);
  const noLabels: ReadonlyMap<string, string> = new Map();
  for await (const { labels, firstStep, lastStep, total } of countInSql(
    reader,
    catalog,
    plan,
    aggregation,
    grid,
    wanted,
    signal,
  )) {
    const series = table.get(isAbsent ? noLabels : groupLabels(labels, grouping));
    for (let step = firstStep; step <= lastStep; step++) {
      series.values[step]! += total;
      series.present[step] = 1;
    }
  }
  const all = table.all();
  if (aggregation.function.endsWith('rate')) {
    for (const { values } of all) for (let i = 0; i < values.length; i++) values[i]! /= Number(aggregation.range) / 1e9;
  }
  return all;
}

async function foldSeries(
  aggregation: RangeAggregation,
  { reader, grid, signal }: MetricContext,
  plan: SelectionPlan,
  grouping: Grouping | undefined,
): Promise<MetricSeries[]> {
  const range = { ...samplesRange(aggregation, grid), allowsErrors: allowsErrors(aggregation, grouping) };
  const samples = await collectSamples(reader, plan, aggregation, range, grouping, signal);
  const pace = new Pace(signal);
  const series: MetricSeries[] = [];
  for (const one of samples) series.push(await foldWindows(one, aggregation, grid, pace));
  return series;
}

async function foldWindows(
  samples: SampleSeries,
  aggregation: RangeAggregation,
  grid: StepGrid,
  pace: Pace,
): Promise<MetricSeries> {
  const series = createSeries(samples.labels, grid);
  const order = Uint32Array.from(samples.times.keys()).sort((a, b) => samples.times[a]! - samples.times[b]!);
  const times = Float64Array.from(order, (i) => samples.times[i]!);
  const values = Float64Array.from(order, (i) => samples.values[i]!);
  const evaluate = rangeFunction(aggregation);
  const range = Number(aggregation.range);
  let from = 0;
  let to = 0;
  for (let step = 0; step < grid.count; step++) {
    if (pace.isDue()) await pace.turn();
    const end = range + Number(grid.stepNs) * step;
    while (to < times.length && times[to]! <= end) to++;
    while (from < to && times[from]! <= end - range) from++;
    if (from === to) continue;
    series.values[step] = evaluate({ times, values, from, to, end, range });
    series.present[step] = 1;
  }
  return series;
}

// 1 where no series has a sample, under the labels that the selector fixes.
function invert(aggregation: RangeAggregation, series: readonly MetricSeries[], grid: StepGrid): MetricSeries[] {
  const fixed = new Map<string, string>();
  const { matchers } = aggregation.selection;
  for (const { name, operator, value } of matchers) {
    if (operator === '=' && matchers.filter((matcher) => matcher.name === name).length === 1) fixed.set(name, value);
  }
  const absent = createSeries(fixed, grid);
  for (let step = 0; step < grid.count; step++) {
    if (series.some(({ present }) => present[step])) continue;
    absent.values[step] = 1;
    absent.present[step] = 1;
  }
  return absent.present.includes(1) ? [absent] : [];
}
