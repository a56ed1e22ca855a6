import type { Matrix } from './evaluate-range';
import { evaluateExpression } from './evaluation/evaluate-expression';
import type { EvaluationContext } from './evaluation/evaluation-context';
import { notesOf, prepareQuery, type QueryNotes, type QueryRequest } from './evaluation/query-request';
import { readRangeInput } from './evaluation/range-input';
import { catchFailure, type PromqlError } from './promql-error';
import type { Labels, SelectedSeries } from './sample-source';
import { checkTypes } from './syntax/check-types';
import { compareLabels } from './values/labels';
import type { StepGrid } from './values/step-grid';

export interface InstantRequest extends QueryRequest {
  readonly timeMs: number;
}

/** Everything but a matrix holds at the query's time. A vector is in the order Prometheus lists it. */
export type InstantResult =
  | { readonly type: 'vector'; readonly samples: readonly { readonly labels: Labels; readonly value: number }[] }
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
    const context = await prepareQuery(request, timeMs, timeMs);
    const isRange = checkTypes(request.query ?? '', ast) === 'range vector';
    const result = isRange ? await evaluateMatrix(request, grid, context) : await evaluateValue(request, grid, context);
    return { result, ...notesOf(context) };
  });
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
  return { type: 'vector', samples: present.map(({ labels, values }) => ({ labels, value: values[0]! })) };
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
  const within = (series: SelectedSeries): SelectedSeries => {
    const isWithin = (time: number) => time <= endMs && (time > startMs || (closed && time === startMs));
    return {
      labels: series.labels,
      times: series.times.filter(isWithin),
      values: series.values.filter((_, index) => isWithin(series.times[index]!)),
    };
  };
  const series = input.series.map(within).filter(({ times }) => times.length > 0);
  return { type: 'matrix', series: series.sort((left, right) => compareLabels(left.labels, right.labels)) };
}
