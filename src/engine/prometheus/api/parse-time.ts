import { parseDuration as parsePromqlDuration } from '../promql/syntax/parse-number';

const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Bounds of all time in Unix milliseconds; times beyond them count as these. */
export const EARLIEST_MS = Number.MIN_SAFE_INTEGER;
export const LATEST_MS = Number.MAX_SAFE_INTEGER;

/** The bounds that Prometheus' own clients send for "always". */
const ALWAYS: Readonly<Record<string, number>> = {
  '-292273086-05-16T16:47:06Z': EARLIEST_MS,
  '292277025-08-18T07:12:54.999999999Z': LATEST_MS,
};

/** Unix milliseconds of seconds since 1970 or of an RFC 3339 time; undefined where the text is neither. */
export function parseTime(text: string): number | undefined {
  if (FLOAT.test(text)) {
    const seconds = Number(text);
    const whole = Math.trunc(seconds);
    const ms = whole * 1000 + Math.round((seconds - whole) * 1000);
    return Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS);
  }
  if (text in ALWAYS) return ALWAYS[text];
  const ms = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Milliseconds of a number of seconds or of a duration such as `1m30s`, negative ones included; undefined where the text is neither. */
export function parseStep(text: string): number | undefined {
  return FLOAT.test(text) ? Number(text) * 1000 : parsePromqlDuration(text);
}
