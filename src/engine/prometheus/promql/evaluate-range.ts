import { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';
import { evaluateExpression } from './evaluate-expression';
import { type QueryNotes, type QueryRequest, runQuery } from './evaluation/query-request';
import { toSamples } from './evaluation/to-samples';
import { checkTypes } from './syntax/check-types';
import { catchFailure, type PromqlError, PromqlFailure } from './terms/promql-error';
import type { SelectedSeries } from './terms/sample-source';
import { compareLabels } from './values/labels';
import { createStepGrid } from './values/step-grid';
import { isEmptySeries } from './values/value';

/** Series with at least one sample, sorted by labels; times in milliseconds. */
export type Matrix = readonly SelectedSeries[];

export interface RangeRequest extends QueryRequest {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

export interface RangeAnswer extends QueryNotes {
  readonly matrix: Matrix;
}

/** Evaluates an expression at every step from `startMs` to `endMs`; scalars become one series without labels. */
export async function evaluateRange(request: RangeRequest): Promise<RangeAnswer | { error: PromqlError }> {
  return await catchFailure(async () => {
    const type = await checkTypes(request.query ?? '', request.ast, new Pace(request.signal));
    if (type !== 'scalar' && type !== 'instant vector') {
      const message = `invalid expression type "${type}" for range query, must be Scalar or instant Vector`;
      throw new PromqlFailure({ kind: 'bad-data', message });
    }
    const grid = createStepGrid(request.startMs, request.endMs, request.stepMs);
    return await runQuery(request, request.startMs, request.endMs, async (context) => {
      const value = await evaluateExpression(request.ast, grid, context);
      if (value.type === 'string') throw new Error('a string passed the type check');
      const always = new Uint8Array(grid.count).fill(1);
      const series = value.type === 'vector' ? value.series : [{ labels: [], values: value.values, present: always }];
      const filled = series.filter((one) => !isEmptySeries(one));
      context.budget.hold(filled.length * grid.count);
      const matrix = await context.pace.map(filled, (one) => toSamples(one, grid));
      const sorted = await sortInTurns(matrix, (left, right) => compareLabels(left.labels, right.labels), context.pace);
      return { matrix: sorted };
    });
  }, request.signal);
}
