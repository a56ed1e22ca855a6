import { z } from 'zod';
import type { AskApi } from '../ask-api';
import { type PrometheusAnswer, type PrometheusQuestion, prometheusFrames } from '../frames/prometheus-frames';
import { type DataQuery, type QueryOutcome, readModel, refuseQuery } from './data-query';
import { formatGoDuration } from './go-duration';
import { formatInterval, readInterval, roundInterval } from './interval';
import { replaceVariables } from './replace-variables';

const Model = z.object({
  expr: z.string().default(''),
  instant: z.boolean().default(false),
  range: z.boolean().default(false),
  exemplar: z.boolean().default(false),
  interval: z.string().default(''),
  /** 0 where none was chosen. */
  intervalMs: z.number().default(0),
  intervalFactor: z.number().default(1),
  legendFormat: z.string().default(''),
  utcOffsetSec: z.number().default(0),
});
type Model = z.infer<typeof Model>;

const scrapeMs = 15_000;
/** More points than these a Prometheus refuses. */
const mostPoints = 11_000;
const rateInterval = /^\$(?:__rate_interval|\{__rate_interval\})$/;

/** Asks at one time, over a range, or both, in the steps that Grafana would take. */
export async function queryPrometheus(query: DataQuery, ask: AskApi, signal: AbortSignal): Promise<QueryOutcome> {
  const model = readModel(Model, query);
  if (typeof model === 'string') return refuseQuery(model);
  const step = chooseStep(model, query);
  if (step === null) return refuseQuery(`invalid interval: ${JSON.stringify(model.interval)}`);
  const expr = fillIn(model, query, step);
  const question: PrometheusQuestion = {
    expr,
    legendFormat: model.legendFormat,
    step,
    executed: `Expr: ${expr}\nStep: ${formatGoDuration(step)}`,
  };
  const align = (at: number) => {
    const offset = model.utcOffsetSec * 1000;
    return Math.floor((at + offset) / step) * step - offset;
  };
  const outcomes: QueryOutcome[] = [];
  const run = async (path: string, parameters: Record<string, string | number>) => {
    outcomes.push(await askOnce(question, ask, { path, parameters: { query: expr, ...parameters }, signal }));
  };
  if (model.instant) await run('/api/v1/query', { time: query.to / 1000 });
  if (model.range || !model.instant) {
    const range = { start: align(query.from) / 1000, end: align(query.to) / 1000, step: step / 1000 };
    await run('/api/v1/query_range', range);
  }
  return join(outcomes, model.exemplar);
}

async function askOnce(
  question: PrometheusQuestion,
  ask: AskApi,
  request: { path: string; parameters: Record<string, string | number>; signal: AbortSignal },
): Promise<QueryOutcome> {
  const answer = await ask('prometheus', { ...request, post: true });
  if (typeof answer === 'string') return { frames: [], status: 502, error: answer, errorSource: 'downstream' };
  const read = readAnswer(answer.body);
  if (!read) return { frames: [], status: answer.status, error: answer.body.trim(), errorSource: 'downstream' };
  const frames = prometheusFrames(read, question);
  if (read.status !== 'error') return { frames, status: 200 };
  const error = `${read.errorType ?? 'error'}: ${read.error ?? ''}`;
  return { frames, status: answer.status, error, errorSource: 'downstream' };
}

function readAnswer(body: string): PrometheusAnswer | null {
  try {
    return JSON.parse(body) as PrometheusAnswer;
  } catch {
    return null;
  }
}

function join(outcomes: readonly QueryOutcome[], exemplar: boolean): QueryOutcome {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const frames = outcomes.flatMap((outcome) => outcome.frames);
  const [first] = failed;
  return {
    frames: exemplar ? frames.map((frame, index) => (index === 0 ? withNotice(frame) : frame)) : frames,
    status: first?.status ?? 200,
    ...(first && {
      error: failed.map(({ error }) => error).join(' '),
      errorSource: 'downstream' as const,
    }),
  };
}

function withNotice(frame: QueryOutcome['frames'][number]): QueryOutcome['frames'][number] {
  const text = 'Exemplars are not given here: ask for /api/v1/query_exemplars of the data source.';
  const { notices = [] } = (frame.meta ?? {}) as { notices?: unknown[] };
  return { ...frame, meta: { ...frame.meta, notices: [...notices, { severity: 'info', text }] } };
}

/** Milliseconds; null where the chosen interval is none. */
function chooseStep(model: Model, { maxDataPoints, from, to }: DataQuery): number | null {
  const chosen = model.interval.startsWith('$') ? '' : model.interval;
  const least = chosen !== '' && chosen !== '0s' ? readInterval(chosen) : model.intervalMs || scrapeMs;
  if (least === null) return null;
  const drawn = (to - from) / maxDataPoints;
  const step = Math.max(drawn < least ? least : roundInterval(drawn), roundInterval((to - from) / mostPoints));
  return rateInterval.test(model.interval) ? rateIntervalOf(step, scrapeMs) : step * (model.intervalFactor || 1);
}

/** Four scrapes at least, so that a rate has samples to work on. */
function rateIntervalOf(interval: number, scrape: number): number {
  return Math.max(interval + scrape, 4 * scrape);
}

function fillIn(model: Model, query: DataQuery, step: number): string {
  const range = query.to - query.from;
  const seconds = Math.round(range / 1000);
  const chosen = model.interval === '' || model.interval.startsWith('$') ? scrapeMs : readInterval(model.interval);
  const rate = rateInterval.test(model.interval) ? step : rateIntervalOf(query.intervalMs, chosen ?? scrapeMs);
  return replaceVariables(model.expr, {
    __interval_ms: String(step),
    __interval: formatInterval(step),
    __range_ms: String(range),
    __range_s: String(seconds),
    __range: `${seconds}s`,
    __rate_interval_ms: String(rate),
    __rate_interval: formatGoDuration(rate),
  });
}
