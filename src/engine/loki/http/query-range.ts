import type { Context } from 'hono';
import { Pace } from '../../pace/pace';
import { runLogQuery } from '../lines/run-log-query';
import type { MetricExpression } from '../logql/ast';
import { parseLogql } from '../logql/parse-logql';
import { QueryError } from '../logql/query-error';
import { evaluateMetric } from '../metrics/evaluate-metric';
import type { MetricContext } from '../metrics/evaluate-range';
import { createSeries, type StepGrid } from '../metrics/metric-series';
import { PointBudget } from '../metrics/point-budget';
import type { LokiContext } from '../selection/loki-context';
import { answerPaced, aroundResult } from './answer-paced';
import {
  parseTime,
  readBounds,
  readDirection,
  readGrid,
  readInterval,
  readLimit,
  readParameters,
} from './query-parameters';
import { writeMatrix, writeScalar, writeVector } from './write-metrics';
import { writeStats } from './write-stats';
import { writeStreams } from './write-streams';

const categorizeFlag = 'categorize-labels';

/** `query_range`: streams for a log query, a matrix for a metric query. */
export async function queryRange(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const expression = parseLogql(parameters.get('query') ?? '');
  if (expression.kind === 'logs') {
    const limit = readLimit(parameters);
    const direction = readDirection(parameters);
    const started = performance.now();
    const { entries, processed } = await runLogQuery(
      loki.reader,
      loki.catalog,
      { selection: expression, startNs, endNs, limit, direction, intervalNs: readInterval(parameters) },
      context.req.raw.signal,
    );
    const categorize = (context.req.header('x-loki-response-encoding-flags') ?? '')
      .split(',')
      .some((flag) => flag.trim() === categorizeFlag);
    const pace = new Pace(context.req.raw.signal);
    const streams = await writeStreams(entries, categorize, pace);
    const data = {
      resultType: 'streams',
      ...(categorize && { encodingFlags: [categorizeFlag] }),
      stats: writeStats(processed, entries.length, performance.now() - started),
    };
    return answerPaced(context, aroundResult(data), streams, pace);
  }
  const grid: StepGrid = { ...readGrid(parameters, startNs, endNs), budget: new PointBudget() };
  const { value, stats } = await evaluate(expression, grid, context, loki);
  const series = typeof value === 'number' ? [constant(value, grid)] : value;
  const pace = new Pace(context.req.raw.signal);
  return answerPaced(context, aroundResult({ resultType: 'matrix', stats }), writeMatrix(series, grid), pace);
}

/** `query`: a metric query at one point in time. */
export async function queryInstant(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const time = parameters.get('time');
  const timeNs = time ? parseTime(time, 'time') : loki.nowNs();
  const expression = parseLogql(parameters.get('query') ?? '');
  if (expression.kind === 'logs') {
    throw new QueryError(
      'log queries are not supported as an instant query type, please change your query to a range query type',
    );
  }
  const grid: StepGrid = { startNs: timeNs, stepNs: 1n, count: 1, budget: new PointBudget() };
  const { value, stats } = await evaluate(expression, grid, context, loki);
  if (typeof value === 'number')
    return answer(context, { resultType: 'scalar', result: writeScalar(value, timeNs), stats });
  return answer(context, { resultType: 'vector', result: writeVector(value, timeNs), stats });
}

async function evaluate(expression: MetricExpression, grid: StepGrid, context: Context, loki: LokiContext) {
  const started = performance.now();
  const metricContext: MetricContext = {
    reader: loki.reader,
    catalog: loki.catalog,
    grid,
    signal: context.req.raw.signal,
  };
  const value = await evaluateMetric(expression, metricContext);
  const returned = typeof value === 'number' ? 1 : value.length;
  return { value, stats: writeStats({ lines: 0, bytes: 0 }, returned, performance.now() - started) };
}

function constant(value: number, grid: StepGrid) {
  const series = createSeries(new Map(), grid);
  series.values.fill(value);
  series.present.fill(1);
  return series;
}

function answer(context: Context, data: object): Response {
  return context.json({ status: 'success', data });
}
