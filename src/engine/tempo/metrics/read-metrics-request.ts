import type { Problem } from '../../../shared/problem';
import { parseDuration } from '../traceql/parse/parse-duration';

/** Nanoseconds. Intervals are open at the left and closed at the right: (start, start + step], … up to `end`. */
export interface MetricsRange {
  readonly start: bigint;
  readonly end: bigint;
  readonly step: bigint;
}

const SECOND = 1_000_000_000n;
const DEFAULT_SINCE = 3600n * SECOND;
const MAX_INTERVALS = 11_000n;

/** Reads `start`, `end`, `since` and `step`, aligned to the step as Tempo does; an instant query has one interval. */
export function readMetricsRange(
  parameters: Readonly<Record<string, string>>,
  nowMs: number,
  instant: boolean,
): MetricsRange | Problem {
  const now = BigInt(nowMs) * 1_000_000n;
  const since = parameters.since ? parseDuration(parameters.since) : undefined;
  if (parameters.since && since === undefined)
    return bad(`could not parse 'since' parameter: not a valid duration string: ${JSON.stringify(parameters.since)}`);
  const end = parameters.end ? parseTimestamp(parameters.end) : now;
  if (end === undefined) return bad(`could not parse 'end' parameter: ${JSON.stringify(parameters.end)}`);
  const latest = end < now ? end : now;
  const start = parameters.start
    ? parseTimestamp(parameters.start)
    : latest - (since === undefined ? DEFAULT_SINCE : since);
  if (start === undefined) return bad(`could not parse 'start' parameter: ${JSON.stringify(parameters.start)}`);
  if (start >= end) return bad('end must be greater than start');
  if (instant) return { start, end, step: end - start };
  const step = parameters.step ? parseStep(parameters.step) : defaultStep(end - start);
  if (step === undefined) return bad(`cannot parse ${JSON.stringify(parameters.step)} to a valid duration`);
  if (step <= 0n) return bad(`cannot parse ${JSON.stringify(parameters.step)}: step must be positive`);
  // The step that is under way counts, too, also where the end is asked for ahead of the clock.
  const alignedEnd = -floor(-latest, step);
  // One interval more at the left: the aligned first one would be cut.
  const alignedStart = floor(start, step) - step;
  if ((alignedEnd - alignedStart) / step > MAX_INTERVALS)
    return bad(`step is too small: more than ${MAX_INTERVALS} data points per series`);
  return { start: alignedStart > 0n ? alignedStart : 0n, end: alignedEnd, step };
}

function floor(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return rest < 0n ? value - rest - step : value - rest;
}

/** Unix seconds (whole or with a fraction), nanoseconds or RFC 3339. */
function parseTimestamp(text: string): bigint | undefined {
  if (/^\d+$/.test(text)) return text.length <= 10 ? BigInt(text) * SECOND : BigInt(text);
  if (/^\d+\.\d+$/.test(text)) return BigInt(Math.round(Number(text) * 1000)) * 1_000_000n;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n;
}

function parseStep(text: string): bigint | undefined {
  const seconds = Number(text);
  return text.trim() !== '' && Number.isFinite(seconds) ? BigInt(Math.round(seconds * 1e9)) : parseDuration(text);
}

/** About 240 points, in steps people expect. */
function defaultStep(range: bigint): bigint {
  const wanted = range / 240n;
  const grains =
    range < 60n * SECOND ? [SECOND / 20n] : [3600n, 300n, 60n, 15n, 5n, 1n].map((seconds) => seconds * SECOND);
  const grain = grains.find((candidate) => wanted > candidate);
  return grain === undefined ? grains[grains.length - 1]! : floor(wanted, grain);
}

function bad(message: string): Problem {
  return { kind: 'bad-request', message };
}
