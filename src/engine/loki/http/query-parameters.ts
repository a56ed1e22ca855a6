import type { Context } from 'hono';
import { parseDuration } from '../logql/parse-duration';
import { QueryError } from '../logql/query-error';

const hourNs = 3_600_000_000_000n;
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
  if (/^-?\d+$/.test(text)) return text.replace('-', '').length <= 10 ? BigInt(text) * 1_000_000_000n : BigInt(text);
  if (/^-?\d+\.\d+$/.test(text)) return BigInt(Math.round(Number(text) * 1000)) * 1_000_000n;
  const date = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const ms = date ? Date.parse(`${date[1]}${date[3]}`) : Number.NaN;
  if (Number.isNaN(ms)) throw new QueryError(`could not parse '${name}' parameter: cannot parse "${text}" as a time`);
  return BigInt(ms) * 1_000_000n + BigInt((date![2] ?? '').padEnd(9, '0'));
}

/** `start`, `end` and `since`; without them the last hour. */
export function readBounds(parameters: URLSearchParams, nowNs: bigint): { startNs: bigint; endNs: bigint } {
  const since = parameters.get('since');
  const sinceNs = since ? BigInt(parseStep(since, 'since')) : hourNs;
  const end = parameters.get('end');
  const endNs = end ? parseTime(end, 'end') : nowNs;
  const start = parameters.get('start');
  const startNs = start ? parseTime(start, 'start') : (endNs > nowNs ? nowNs : endNs) - sinceNs;
  if (endNs < startNs) throw new QueryError('end timestamp must not be before or equal to start time');
  return { startNs, endNs };
}

/** `step` in nanoseconds; by default a 250th of the range, at least a second. */
export function readStep(parameters: URLSearchParams, startNs: bigint, endNs: bigint): bigint {
  const text = parameters.get('step');
  const automatic = (endNs - startNs) / 250n / 1_000_000_000n;
  const step = text ? BigInt(Math.round(parseStep(text, 'step'))) : (automatic > 1n ? automatic : 1n) * 1_000_000_000n;
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

function parseStep(text: string, name: string): number {
  const nanos = /^-?\d*\.?\d+$/.test(text) ? Number(text) * 1e9 : parseDuration(text);
  if (nanos === undefined)
    throw new QueryError(`could not parse '${name}' parameter: cannot parse "${text}" to a valid duration`);
  return nanos;
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
