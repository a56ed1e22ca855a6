import type { Context } from 'hono';
import { type ApiError, badParameter, isApiError } from './api-answer';
import { EARLIEST_MS, LATEST_MS, parseStep, parseTime } from './parse-time';

/** The parameters of the URL and of a form in the body, the body's first. */
export async function readParameters(context: Context): Promise<URLSearchParams> {
  const parameters = new URLSearchParams();
  if (context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(await context.req.text())) parameters.append(name, value);
  }
  for (const [name, value] of new URL(context.req.url).searchParams) parameters.append(name, value);
  return parameters;
}

export interface Parameter<Value> {
  readonly value: Value;
}

/** A time in Unix milliseconds, or `fallback` where the parameter is absent. */
export function timeParameter(
  parameters: URLSearchParams,
  name: string,
  fallback?: number,
): Parameter<number> | ApiError {
  const text = parameters.get(name) ?? '';
  if (text === '' && fallback !== undefined) return { value: fallback };
  const value = parseTime(text);
  if (value !== undefined) return { value };
  const reason = `cannot parse ${JSON.stringify(text)} to a valid timestamp`;
  return badParameter(name, fallback === undefined ? reason : `invalid time value for '${name}': ${reason}`);
}

/** A duration in milliseconds, or undefined where the parameter is absent. */
export function durationParameter(parameters: URLSearchParams, name: string): Parameter<number | undefined> | ApiError {
  const text = parameters.get(name) ?? '';
  if (text === '') return { value: undefined };
  const value = parseStep(text);
  return value === undefined
    ? badParameter(name, `cannot parse ${JSON.stringify(text)} to a valid duration`)
    : { value };
}

/** How many results at most; infinite where the parameter is absent or 0. */
export function limitParameter(parameters: URLSearchParams): Parameter<number> | ApiError {
  const text = parameters.get('limit') ?? '';
  if (text === '') return { value: Number.POSITIVE_INFINITY };
  if (!/^[+-]?\d+$/.test(text))
    return badParameter('limit', `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text);
  if (value < 0) return badParameter('limit', 'limit must be non-negative');
  return { value: value === 0 ? Number.POSITIVE_INFINITY : value };
}

export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** `start` and `end`, both optional: the bounds of all time where absent. */
export function rangeParameters(parameters: URLSearchParams): TimeRange | ApiError {
  const start = timeParameter(parameters, 'start', EARLIEST_MS);
  if (isApiError(start)) return start;
  const end = timeParameter(parameters, 'end', LATEST_MS);
  if (isApiError(end)) return end;
  return { startMs: start.value, endMs: end.value };
}
