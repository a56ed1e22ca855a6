import { parseBytes } from '../logql/parse-bytes';
import { parseDuration } from '../logql/parse-duration';
import { formatGoTime } from './format-go-time';
import type { TemplateFunction } from './string-functions';
import { isTrue, printValue, type TemplateValue } from './template-value';

function toNumber(value: TemplateValue | undefined): number {
  const number = Number(typeof value === 'string' ? value.trim() || 0 : (value ?? 0));
  return Number.isNaN(number) ? 0 : number;
}
const toInt = (value: TemplateValue | undefined) => Math.trunc(toNumber(value));
const fold = (read: typeof toNumber, step: (a: number, b: number) => number): TemplateFunction => {
  return (...values) => values.map(read).reduce((a, b) => step(a, b));
};

function divideInt(a: number, b: number): number {
  if (b === 0) throw new Error('runtime error: integer divide by zero');
  return Math.trunc(a / b);
}

function compare(a: TemplateValue | undefined, b: TemplateValue | undefined): number {
  if (typeof a !== typeof b) throw new Error('incompatible types for comparison');
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

function toTime(value: TemplateValue | undefined): bigint {
  return typeof value === 'bigint' ? value : BigInt(toInt(value)) * 1_000_000_000n;
}

function unixToTime(epoch: string): bigint {
  const unit: Readonly<Record<number, bigint>> = {
    5: 86_400_000_000_000n,
    10: 1_000_000_000n,
    13: 1_000_000n,
    16: 1000n,
    19: 1n,
  };
  const nanos = unit[epoch.length];
  if (nanos === undefined || !/^\d+$/.test(epoch)) throw new Error(`unable to parse time '${epoch}'`);
  return BigInt(epoch) * nanos;
}

function required(value: number | undefined, problem: string): number {
  if (value === undefined) throw new Error(problem);
  return value;
}

function format(pattern: string, values: readonly TemplateValue[]): string {
  let next = 0;
  return pattern.replace(
    /%(-?)(0?)(\d*)(?:\.(\d+))?([vsdfqxt%])/g,
    (_, left: string, zero: string, width: string, digits: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const value = values[next++];
      if (value === undefined) return `%!${verb}(MISSING)`;
      let text = verb === 'f' ? toNumber(value).toFixed(digits === undefined ? 6 : Number(digits)) : printValue(value);
      if (verb === 'q') text = JSON.stringify(text);
      if (verb === 'x') text = typeof value === 'number' ? value.toString(16) : Buffer.from(text).toString('hex');
      return left ? text.padEnd(Number(width)) : text.padStart(Number(width || 0), zero && verb !== 's' ? '0' : ' ');
    },
  );
}

/** Go's built-in functions, and Loki's on numbers, times and JSON. */
export const valueFunctions: Readonly<Record<string, TemplateFunction>> = {
  eq: (value, ...others) => others.some((other) => compare(value, other) === 0),
  ne: (a, b) => compare(a, b) !== 0,
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
  not: (value) => !isTrue(value ?? null),
  len: (value) => (typeof value === 'string' ? Buffer.byteLength(value) : Object.keys(value ?? {}).length),
  index: (collection, ...keys) =>
    keys.reduce<TemplateValue>(
      (value, key) => (value as Record<string, TemplateValue>)?.[String(key)] ?? '',
      collection!,
    ),
  print: (...values) => values.map(printValue).join(''),
  println: (...values) => `${values.map(printValue).join(' ')}\n`,
  printf: (pattern, ...values) => format(printValue(pattern!), values),
  default: (fallback, value) => (value === undefined || !isTrue(value) ? fallback! : value),
  int: toInt,
  float64: toNumber,
  add: fold(toInt, (a, b) => a + b),
  sub: fold(toInt, (a, b) => a - b),
  mul: fold(toInt, (a, b) => a * b),
  div: fold(toInt, divideInt),
  mod: fold(toInt, (a, b) => a % b),
  addf: fold(toNumber, (a, b) => a + b),
  subf: fold(toNumber, (a, b) => a - b),
  mulf: fold(toNumber, (a, b) => a * b),
  divf: fold(toNumber, (a, b) => a / b),
  max: fold(toInt, Math.max),
  min: fold(toInt, Math.min),
  maxf: fold(toNumber, Math.max),
  minf: fold(toNumber, Math.min),
  ceil: (value) => Math.ceil(toNumber(value)),
  floor: (value) => Math.floor(toNumber(value)),
  round: (value, digits) => roundTo(toNumber(value), toInt(digits)),
  bytes: (value) => required(parseBytes(printValue(value!)), `cannot parse ${printValue(value!)} as bytes`),
  duration: (value) =>
    required(parseDuration(printValue(value!), true), `time: invalid duration "${printValue(value!)}"`) / 1e9,
  duration_seconds: (value) => valueFunctions.duration!(value!),
  now: () => BigInt(Date.now()) * 1_000_000n,
  date: (layout, time) => formatGoTime(printValue(layout!), toTime(time)),
  unixEpoch: (time) => String(toTime(time) / 1_000_000_000n),
  unixEpochMillis: (time) => String(toTime(time) / 1_000_000n),
  unixEpochNanos: (time) => String(toTime(time)),
  unixToTime: (epoch) => unixToTime(printValue(epoch!)),
  fromJson: (value) => JSON.parse(printValue(value!)) as TemplateValue,
};
