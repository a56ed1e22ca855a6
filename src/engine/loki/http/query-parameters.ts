import type { Context } from 'hono';
import { parsePromDuration } from '../logql/parse-prom-duration';
import { QueryError } from '../logql/query-error';
import type { StepGrid } from '../metrics/metric-series';

const millisecondNs = 1_000_000n;
const secondNs = 1_000_000_000n;
const hourNs = 3600n * secondNs;
/** Seconds that nanoseconds of 64 bits can hold. */
const maxSeconds = 9_223_372_036;
const maxLimit = 5000;
const maxSteps = 11_000n;

/** Parameters of the address, and of the body of a form POST. */
export async function readParameters(context: Context): Promise<URLSearchParams> {
  const parameters = new URL(context.req.url).searchParams;
  if (context.req.method !== 'POST') return parameters;
  const body = new URLSearchParams(await context.req.text());
  for (const [name, value] of body) parameters.append(name, value);
  return parameters;
}

/** Nanoseconds: digits are nanoseconds, or seconds when there are at most ten; also seconds with a point and RFC 3339. */
export function parseTime(text: string, name: string): bigint {
  if (/^[+-]?\d+$/.test(text)) return text.length <= 10 ? BigInt(text) * secondNs : BigInt(text);
  if (/^[+-]?(\d+\.\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Math.abs(Number(text)) < maxSeconds) {
    const whole = Math.trunc(Number(text));
    // Rounded to milliseconds, as Loki reads a float.
    const fraction = Math.round((Number(text) - whole) * 1000) / 1000;
    return BigInt(whole) * secondNs + BigInt(Math.trunc(fraction * 1e9));
  }
  const date = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const ms = date ? Date.parse(`${date[1]}${date[3]}`) : Number.NaN;
  if (Number.isNaN(ms)) throw new QueryError(`could not parse '${name}' parameter: cannot parse "${text}" as a time`);
  return BigInt(ms) * 1_000_000n + BigInt((date![2] ?? '').padEnd(9, '0'));
}

/** `start`, `end` and `since`; without them the last hour. */
export function readBounds(parameters: URLSearchParams, nowNs: bigint): { startNs: bigint; endNs: bigint } {
  const since = parameters.get('since');
  const sinceNs = since ? parseSince(since) : hourNs;
  const end = parameters.get('end');
  const endNs = end ? parseTime(end, 'end') : nowNs;
  const start = parameters.get('start');
  const startNs = start ? parseTime(start, 'start') : (endNs > nowNs ? nowNs : endNs) - sinceNs;
  if (endNs < startNs) throw new QueryError('end timestamp must not be before or equal to start time');
  return { startNs, endNs };
}

function parseSince(text: string): bigint {
  const nanos = parsePromDuration(text);
  if (nanos !== undefined) return BigInt(nanos);
  throw new QueryError(
    `could not parse 'since' parameter: not a valid duration string: "${text}" (whole numbers with units, such as 1h30m or 90s)`,
  );
}

/** `step` in nanoseconds; by default a 250th of the range, at least a second. */
export function readStep(parameters: URLSearchParams, startNs: bigint, endNs: bigint): bigint {
  const text = parameters.get('step');
  const automatic = (endNs - startNs) / 250n / secondNs;
  const step = text ? parseSeconds(text, 'step') : (automatic > 1n ? automatic : 1n) * secondNs;
  if (step <= 0n) {
    throw new QueryError('zero or negative query resolution step widths are not accepted. Try a positive integer');
  }
  if ((endNs - startNs) / step > maxSteps) {
    throw new QueryError(
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
    );
  }
  return step;
}

/** The points a metric query is evaluated at: multiples of the step in whole milliseconds, start down and end up. */
export function readGrid(parameters: URLSearchParams, startNs: bigint, endNs: bigint): StepGrid {
  const step = readStep(parameters, startNs, endNs);
  const stepNs = step - (step % millisecondNs);
  if (stepNs === 0n) throw new QueryError("'step' must be at least 1ms for a metric query");
  const from = startNs - (startNs % stepNs);
  const beyond = endNs % stepNs;
  const to = beyond === 0n ? endNs : endNs + stepNs - beyond;
  return { startNs: from, stepNs, count: Number((to - from) / stepNs) + 1 };
}

/** `interval` in nanoseconds: the least distance of the lines that are answered; 0 for all of them. */
export function readInterval(parameters: URLSearchParams): bigint {
  const text = parameters.get('interval');
  const interval = text ? parseSeconds(text, 'interval') : 0n;
  if (interval < 0n) throw new QueryError('interval must be >= 0');
  return interval;
}

// Seconds with or without a fraction, or a duration with units.
function parseSeconds(text: string, name: string): bigint {
  const nanos = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) * 1e9 : parsePromDuration(text);
  if (nanos === undefined || Math.abs(nanos) > 2 ** 63) {
    throw new QueryError(`could not parse '${name}' parameter: cannot parse "${text}" to a valid duration`);
  }
  return BigInt(Math.trunc(nanos));
}

/** `limit`, from 1 to 5000. */
export function readLimit(parameters: URLSearchParams, fallback = 100): number {
  const text = parameters.get('limit');
  if (!text) return fallback;
  if (!/^-?\d+$/.test(text)) throw new QueryError(`strconv.Atoi: parsing "${text}": invalid syntax`);
  const limit = Number(text);
  if (limit <= 0) throw new QueryError('limit must be a positive value');
  if (limit > maxLimit)
    throw new QueryError(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${maxLimit})`,
    );
  return limit;
}

export function readDirection(parameters: URLSearchParams): 'forward' | 'backward' {
  const direction = (parameters.get('direction') || 'backward').toLowerCase();
  if (direction !== 'forward' && direction !== 'backward') throw new QueryError(`invalid direction '${direction}'`);
  return direction;
}
