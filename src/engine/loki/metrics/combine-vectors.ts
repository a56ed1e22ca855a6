import type { Pace } from '../../pace/pace';
import type { BinaryOperation } from '../logql/ast';
import { QueryError } from '../logql/query-error';
import { labelsKey } from '../records/log-stream';
import { applyOperator, isComparison } from './apply-operator';
import { createSeries, groupLabels, type MetricSeries, SeriesTable, type StepGrid } from './metric-series';

/** A binary operation between two vectors, with their labels matched as `on`, `ignoring` and `group_…` say. */
export async function combineVectors(
  operation: BinaryOperation,
  left: readonly MetricSeries[],
  right: readonly MetricSeries[],
  grid: StepGrid,
  pace: Pace,
): Promise<MetricSeries[]> {
  const { operator } = operation;
  if (operator === 'and' || operator === 'or' || operator === 'unless')
    return combineSets(operation, left, right, grid, pace);
  const swapped = operation.group === 'right';
  const [many, one] = swapped ? [right, left] : [left, right];
  const oneByKey = groupBySignature(operation, one);
  const table = new SeriesTable(grid);
  for (const series of many) {
    const matches = oneByKey.get(signature(operation, series)) ?? [];
    for (const match of matches) {
      if (pace.isDue()) await pace.turn();
      const target = table.get(resultLabels(operation, series, match));
      for (let step = 0; step < grid.count; step++) {
        if (!series.present[step] || !match.present[step]) continue;
        checkUnique(operation, matches, target, step);
        const [a, b] = swapped
          ? [match.values[step]!, series.values[step]!]
          : [series.values[step]!, match.values[step]!];
        const value = applyOperator(operator, a, b);
        const isFilter = isComparison(operator) && !operation.returnBool;
        if (isFilter && value === 0) continue;
        target.values[step] = isFilter ? a : value;
        target.present[step] = 1;
      }
    }
  }
  return table.all().filter(({ present }) => present.includes(1));
}

/** A vector with a number on one side. */
export function combineWithNumber(
  operation: BinaryOperation,
  series: readonly MetricSeries[],
  number: number,
  numberIsLeft: boolean,
  grid: StepGrid,
): MetricSeries[] {
  const { operator, returnBool } = operation;
  const isFilter = isComparison(operator) && !returnBool;
  return series
    .map((one) => {
      const result = createSeries(one.labels, grid);
      for (let step = 0; step < grid.count; step++) {
        if (!one.present[step]) continue;
        const own = one.values[step]!;
        const value = numberIsLeft ? applyOperator(operator, number, own) : applyOperator(operator, own, number);
        if (isFilter && value === 0) continue;
        result.values[step] = isFilter ? own : value;
        result.present[step] = 1;
      }
      return result;
    })
    .filter(({ present }) => present.includes(1));
}

function signature({ matching }: BinaryOperation, series: MetricSeries): string {
  return labelsKey(groupLabels(series.labels, { without: !matching.on, labels: matching.labels }));
}

function groupBySignature(operation: BinaryOperation, all: readonly MetricSeries[]): Map<string, MetricSeries[]> {
  const groups = new Map<string, MetricSeries[]>();
  for (const series of all) {
    const key = signature(operation, series);
    const group = groups.get(key);
    if (group) group.push(series);
    else groups.set(key, [series]);
  }
  return groups;
}

function checkUnique(
  operation: BinaryOperation,
  matches: readonly MetricSeries[],
  target: MetricSeries,
  step: number,
): void {
  if (matches.filter(({ present }) => present[step]).length > 1) {
    const side = operation.group === 'right' ? 'left' : 'right';
    throw new QueryError(
      `found duplicate series on the ${side} hand-side;many-to-many matching not allowed: matching labels must be unique on one side`,
    );
  }
  if (!target.present[step]) return;
  throw new QueryError(
    operation.group === 'one-to-one'
      ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
      : 'multiple matches for labels: grouping labels must ensure unique matches',
  );
}

function resultLabels(operation: BinaryOperation, many: MetricSeries, one: MetricSeries): ReadonlyMap<string, string> {
  const { matching, group, include } = operation;
  if (group === 'one-to-one') return groupLabels(many.labels, { without: !matching.on, labels: matching.labels });
  const labels = new Map(many.labels);
  for (const name of include) {
    const value = one.labels.get(name);
    if (value) labels.set(name, value);
    else labels.delete(name);
  }
  return labels;
}

async function combineSets(
  operation: BinaryOperation,
  left: readonly MetricSeries[],
  right: readonly MetricSeries[],
  grid: StepGrid,
  pace: Pace,
): Promise<MetricSeries[]> {
  if (operation.operator === 'or') {
    const kept = await keepSteps(operation, right, left, grid, false, pace);
    const table = new SeriesTable(grid);
    for (const series of [...left, ...kept]) {
      mergeInto(table.get(series.labels), series);
      if (pace.isDue()) await pace.turn();
    }
    return table.all();
  }
  return keepSteps(operation, left, right, grid, operation.operator === 'and', pace);
}

// The steps at which a series has (or has not) a partner on the other side.
async function keepSteps(
  operation: BinaryOperation,
  all: readonly MetricSeries[],
  others: readonly MetricSeries[],
  grid: StepGrid,
  partnered: boolean,
  pace: Pace,
): Promise<MetricSeries[]> {
  const presentAt = new Map<string, Uint8Array>();
  for (const other of others) {
    const key = signature(operation, other);
    const present = presentAt.get(key) ?? new Uint8Array(grid.count);
    for (let step = 0; step < grid.count; step++) present[step]! |= other.present[step]!;
    presentAt.set(key, present);
    if (pace.isDue()) await pace.turn();
  }
  const results: MetricSeries[] = [];
  for (const series of all) {
    const present = presentAt.get(signature(operation, series));
    const result = createSeries(series.labels, grid);
    mergeInto(result, series, (step) => (present?.[step] === 1) === partnered);
    if (result.present.includes(1)) results.push(result);
    if (pace.isDue()) await pace.turn();
  }
  return results;
}

function mergeInto(target: MetricSeries, source: MetricSeries, keeps: (step: number) => boolean = () => true): void {
  for (let step = 0; step < source.values.length; step++) {
    if (!source.present[step] || !keeps(step)) continue;
    target.values[step] = source.values[step]!;
    target.present[step] = 1;
  }
}
