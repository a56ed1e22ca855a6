import { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';
import { evaluateExpression } from './evaluate-expression';
import type { Matrix } from './evaluate-range';
import type { EvaluationContext } from './evaluation/evaluation-context';
import { firstAfter } from './evaluation/first-after';
import { type QueryNotes, type QueryRequest, runQuery } from './evaluation/query-request';
import { readRangeInput } from './evaluation/range-input';
import { checkTypes } from './syntax/check-types';
import { catchFailure, type PromqlError } from './terms/promql-error';
import type { Labels, Sample, SelectedSeries } from './terms/sample-source';
import { compareLabels } from './values/labels';
import type { StepGrid } from './values/step-grid';
import { sampleAt } from './values/value';

export interface InstantRequest extends QueryRequest {
  readonly timeMs: number;
}

/** Everything but a matrix holds at the query's time. A vector is in the order Prometheus lists it. */
export type InstantResult =
  | { readonly type: 'vector'; readonly samples: readonly { readonly labels: Labels; readonly value: Sample }[] }
  | { readonly type: 'matrix'; readonly series: Matrix }
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'string'; readonly text: string };

export interface InstantAnswer extends QueryNotes {
  readonly result: InstantResult;
}

/** Evaluates an expression at one time; a range vector gives the samples it selects. */
export async function evaluateInstant(request: InstantRequest): Promise<InstantAnswer | { error: PromqlError }> {
  return await catchFailure(async () => {
    const { ast, timeMs } = request;
    const grid = { startMs: timeMs, stepMs: 1, count: 1 };
    const isRange = (await checkTypes(request.query ?? '', ast, new Pace(request.signal))) === 'range vector';
    return await runQuery(request, timeMs, timeMs, async (context) => {
      const evaluate = isRange ? evaluateMatrix : evaluateValue;
      return { result: await evaluate(request, grid, context) };
    });
  }, request.signal);
}

async function evaluateValue(
  { ast }: InstantRequest,
  grid: StepGrid,
  context: EvaluationContext,
): Promise<InstantResult> {
  const value = await evaluateExpression(ast, grid, context);
  if (value.type === 'string') return value;
  if (value.type === 'scalar') return { type: 'scalar', value: value.values[0]! };
  const present = value.series.filter((series) => series.present[0] === 1);
  return { type: 'vector', samples: present.map((series) => ({ labels: series.labels, value: sampleAt(series, 0) })) };
}

async function evaluateMatrix(
  { ast }: InstantRequest,
  grid: StepGrid,
  context: EvaluationContext,
): Promise<InstantResult> {
  const input = await readRangeInput(ast, grid, context, evaluateExpression);
  const endMs = (input.atMs ?? grid.startMs) - input.offsetMs;
  const startMs = endMs - input.rangeMs;
  const closed = context.rules.leftBoundary === 'closed';
  const within = ({ labels, times, values, histograms }: SelectedSeries): SelectedSeries => {
    const after = firstAfter(times, startMs);
    const from = closed && after > 0 && times[after - 1] === startMs ? after - 1 : after;
    const to = firstAfter(times, endMs);
    return {
      labels,
      times: times.subarray(from, to),
      values: values.subarray(from, to),
      ...(histograms && { histograms: histograms.slice(from, to) }),
    };
  };
  const series = (await context.pace.map(input.series, within)).filter(({ times }) => times.length > 0);
  const byLabels = (left: SelectedSeries, right: SelectedSeries) => compareLabels(left.labels, right.labels);
  return { type: 'matrix', series: await sortInTurns(series, byLabels, context.pace) };
}
