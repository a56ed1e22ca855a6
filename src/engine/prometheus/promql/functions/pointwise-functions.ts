import { dateFunction } from './date-functions';

/** One sample's new value, or undefined to drop it. `args` are the scalar arguments, one value a step. */
export type PointFunction = (value: number, args: readonly Float64Array[], step: number) => number | undefined;

function roundTo(value: number, nearest: number): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

function clamp(value: number, least: number, greatest: number): number | undefined {
  return least > greatest ? undefined : atLeast(least, atMost(greatest, value));
}

// In Go, -Inf wins over NaN as the lesser of two, and +Inf as the greater.
function atMost(bound: number, value: number): number {
  if (bound === Number.NEGATIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  return Math.min(bound, value);
}

function atLeast(bound: number, value: number): number {
  if (bound === Number.POSITIVE_INFINITY || value === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return Math.max(bound, value);
}

/** The functions that change each sample by itself; all of them drop the metric's name. */
export const POINT_FUNCTIONS: Readonly<Record<string, PointFunction>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  sqrt: Math.sqrt,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sgn: Math.sign,
  deg: (value) => (value * 180) / Math.PI,
  rad: (value) => (value * Math.PI) / 180,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  round: (value, [nearest], step) => roundTo(value, nearest ? nearest[step]! : 1),
  clamp: (value, [least, greatest], step) => clamp(value, least![step]!, greatest![step]!),
  clamp_min: (value, [least], step) => atLeast(least![step]!, value),
  clamp_max: (value, [greatest], step) => atMost(greatest![step]!, value),
  minute: dateFunction((date) => date.getUTCMinutes()),
  hour: dateFunction((date) => date.getUTCHours()),
  day_of_week: dateFunction((date) => date.getUTCDay()),
  day_of_month: dateFunction((date) => date.getUTCDate()),
  day_of_year: dateFunction(
    (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000) + 1,
  ),
  days_in_month: dateFunction((date) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ),
  month: dateFunction((date) => date.getUTCMonth() + 1),
  year: dateFunction((date) => date.getUTCFullYear()),
};
