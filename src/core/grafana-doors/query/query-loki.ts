import { z } from 'zod';
import { readMessage } from '../../telemetry/request/backend-failure';
import type { AskApi } from '../ask-api';
import { type LokiAnswer, lokiFrames } from '../frames/loki-frames';
import { type DataQuery, type QueryOutcome, readModel, refuseQuery } from './data-query';
import { formatGoDuration } from './go-duration';
import { formatInterval, readInterval } from './interval';
import { replaceVariables } from './replace-variables';

const Model = z.object({
  expr: z.string().default(''),
  queryType: z.enum(['', 'range', 'instant']).default('range'),
  direction: z.enum(['backward', 'forward', 'scan']).default('backward'),
  maxLines: z.number().default(0),
  step: z.string().default(''),
  resolution: z.number().default(1),
  legendFormat: z.string().default(''),
});
type Model = z.infer<typeof Model>;

/** More points than these a Loki refuses. */
const mostPoints = 11_000;
/** A line's structured metadata and parsed labels apart from the labels of its stream. */
const categorized = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };

export async function queryLoki(query: DataQuery, ask: AskApi, signal: AbortSignal): Promise<QueryOutcome> {
  const model = readModel(Model, query);
  if (typeof model === 'string') return refuseQuery(model);
  const step = chooseStep(model, query);
  if (step === null) return refuseQuery(`invalid step: ${JSON.stringify(model.step)}`);
  const isRange = model.queryType !== 'instant';
  const expr = fillIn(model, query, step);
  const times = isRange
    ? { start: nanos(query.from), end: nanos(query.to), step: `${step}ms` }
    : { time: nanos(query.to) };
  const answer = await ask('loki', {
    path: `/loki/api/v1/${isRange ? 'query_range' : 'query'}`,
    parameters: {
      query: expr,
      direction: model.direction === 'forward' ? 'forward' : 'backward',
      limit: model.maxLines > 0 ? model.maxLines : undefined,
      ...times,
    },
    headers: categorized,
    signal,
  });
  if (typeof answer === 'string') return { frames: [], status: 502, error: answer, errorSource: 'downstream' };
  const { status, body } = answer;
  if (status < 200 || status > 299) {
    return { frames: [], status, error: readMessage(body) || `status ${status}`, errorSource: 'downstream' };
  }
  const executed = `Expr: ${expr}`;
  const frames = lokiFrames(JSON.parse(body) as LokiAnswer, {
    expr,
    legendFormat: model.legendFormat,
    step,
    isRange,
    executed: { lines: executed, series: isRange ? `${executed}\nStep: ${formatGoDuration(step)}` : executed },
  });
  return { frames, status: 200 };
}

function chooseStep({ step, resolution }: Model, { intervalMs, from, to }: DataQuery): number | null {
  const factor = [1, 2, 3, 4, 5, 10].includes(resolution) ? resolution : 1;
  if (step === '') return Math.ceil(Math.max(intervalMs * factor, (to - from) / mostPoints));
  const chosen = readInterval(step);
  return chosen === null ? null : chosen * factor;
}

function fillIn({ expr, queryType }: Model, { intervalMs, from, to }: DataQuery, step: number): string {
  const range = to - from;
  const seconds = Math.round(range / 1000);
  return replaceVariables(expr, {
    __interval_ms: String(intervalMs),
    __interval: formatInterval(intervalMs),
    __range_ms: String(range),
    __range_s: String(seconds),
    __range: `${seconds}s`,
    __auto: queryType === 'instant' ? `${seconds}s` : formatInterval(step),
  });
}

function nanos(milliseconds: number): string {
  return `${BigInt(Math.trunc(milliseconds)) * 1_000_000n}`;
}
