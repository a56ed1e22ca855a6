import { parseBytes } from '../logql/parse-bytes';
import { parseDuration } from '../logql/parse-duration';
import { formatGoTime } from './format-go-time';
import { formatPrintf } from './format-printf';
import {
  areEqual,
  divide,
  foldDecimals,
  isEmpty,
  isLess,
  remainder,
  roundTo,
  toFloat,
  toInteger,
  wrap,
} from './go-number';
import { allowText, GoTime, type GoValue, Int64, integerOf, isTrue, typeName } from './go-value';
import { printValue } from './print-value';
import * as text from './string-functions';

/** What a parameter takes: text, an int, a time, or anything. */
type ParameterType = 'string' | 'int' | 'time' | 'any';

export interface TemplateFunction {
  readonly parameters: readonly ParameterType[];
  /** Of the parameters behind those. */
  readonly rest?: ParameterType;
  readonly run: (values: readonly never[]) => GoValue;
}

const types: Readonly<Record<string, ParameterType>> = { s: 'string', i: 'int', t: 'time', a: 'any' };

/** `signature` names the parameters by letters, `*` behind the last one means any number of it. */
function define(signature: string, run: (...values: never[]) => GoValue): TemplateFunction {
  const letters = [...signature.replace('*', '')].map((letter) => types[letter]!);
  const rest = signature.endsWith('*') ? letters.pop()! : undefined;
  return { parameters: letters, ...(rest && { rest }), run: (values) => run(...values) };
}

const int64 = (value: bigint) => new Int64(wrap(value));
const ascending = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
const integers = (values: readonly GoValue[]) => values.map(toInteger);
const floats = (values: readonly GoValue[]) => values.map(toFloat);

function convertBytes(value: string): number {
  const bytes = parseBytes(value);
  if (bytes !== undefined) return bytes;
  const unit = /^[\d.,]*\s*(.*)$/s.exec(value)![1]!.trim().toLowerCase();
  if (/^[\d.,]+/.test(value)) throw new Error(`unhandled size name: ${unit}`);
  throw new Error('strconv.ParseFloat: parsing "": invalid syntax');
}

function convertDuration(value: string): number {
  const nanos = parseDuration(value, true);
  if (nanos !== undefined) return nanos / 1e9;
  const quoted = JSON.stringify(value);
  const unit = /^[+-]?[\d.]+([a-zA-Z]+)/.exec(value)?.[1];
  if (unit) throw new Error(`time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
  throw new Error(
    /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)
      ? `time: missing unit in duration ${quoted}`
      : `time: invalid duration ${quoted}`,
  );
}

function unixToTime(epoch: string): GoTime {
  const units: Readonly<Record<number, bigint>> = {
    5: 86_400_000_000_000n,
    10: 1_000_000_000n,
    13: 1_000_000n,
    16: 1000n,
    19: 1n,
  };
  if (!/^[+-]?\d+$/.test(epoch)) {
    throw new Error(
      `unable to parse time '${epoch}': strconv.ParseInt: parsing ${JSON.stringify(epoch)}: invalid syntax`,
    );
  }
  const nanos = units[epoch.length];
  if (nanos === undefined) throw new Error(`unable to parse time '${epoch}': %!w(<nil>)`);
  return new GoTime(BigInt(epoch.replace('+', '')) * nanos);
}

const nowTime = () => new GoTime(BigInt(Date.now()) * 1_000_000n);

function formatDate(layout: string, value: GoValue): string {
  const seconds = integerOf(value);
  const time =
    value instanceof GoTime ? value : seconds === undefined ? nowTime() : new GoTime(seconds * 1_000_000_000n);
  return formatGoTime(layout, time.ns);
}

function fromJson(json: string): GoValue {
  try {
    return toGo(JSON.parse(json));
  } catch {
    return null;
  }
}

function toGo(value: unknown): GoValue {
  if (Array.isArray(value)) return value.map(toGo);
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, member]) => [key, toGo(member)]));
  }
  return value as string | number | boolean | null;
}

function lengthOf(value: GoValue): bigint {
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value));
  if (Array.isArray(value)) return BigInt(value.length);
  if (value instanceof Map) return BigInt(value.size);
  throw new Error(value === null ? 'len of nil pointer' : `len of type ${typeName(value)}`);
}

function indexInto(collection: GoValue, ...keys: readonly GoValue[]): GoValue {
  return keys.reduce<GoValue>((value, key) => {
    if (value instanceof Map) {
      if (typeof key !== 'string') throw new Error(`value has type ${typeName(key)}; should be string`);
      return value.get(key) ?? null;
    }
    if (!Array.isArray(value) && typeof value !== 'string') {
      throw new Error(value === null ? 'index of untyped nil' : `can't index item of type ${typeName(value)}`);
    }
    const at = integerOf(key);
    if (at === undefined) throw new Error(`cannot index slice/array with type ${typeName(key)}`);
    const items = typeof value === 'string' ? [...Buffer.from(value)].map(BigInt) : value;
    if (at < 0n || at >= BigInt(items.length)) throw new Error(`index out of range: ${at}`);
    return items[Number(at)]!;
  }, collection);
}

/** As Sprint: spaces between two operands that are both no text. */
function print(...values: GoValue[]): string {
  let printed = '';
  values.forEach((value, i) => {
    const apart = i > 0 && typeof value !== 'string' && typeof values[i - 1] !== 'string';
    printed += (apart ? ' ' : '') + printValue(value);
    allowText(printed.length);
  });
  return printed;
}

function htmlEscape(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&#34;',
    "'": '&#39;',
  };
  return value.replace(/[&<>"']/g, (character) => entities[character]!);
}

function slice(value: GoValue, ...bounds: readonly GoValue[]): GoValue {
  const [from = 0n, to] = bounds.map((bound) => integerOf(bound) ?? 0n);
  if (typeof value === 'string') return text.sliceBytes(value, Number(from), to === undefined ? undefined : Number(to));
  if (!Array.isArray(value)) throw new Error(`can't slice item of type ${typeName(value)}`);
  return value.slice(Number(from), to === undefined ? undefined : Number(to));
}

/** Go's built-in functions and those of Loki's templates, by their names; the older ones take the text first. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  ToLower: define('s', (value: string) => text.lowerCase(value)),
  ToUpper: define('s', (value: string) => text.upperCase(value)),
  Replace: define('sssi', (value: string, from: string, to: string, limit: bigint) =>
    text.replaceText(value, from, to, Number(limit)),
  ),
  Trim: define('ss', text.trimBoth),
  TrimLeft: define('ss', text.trimLeft),
  TrimRight: define('ss', text.trimRight),
  TrimPrefix: define('ss', text.trimPrefix),
  TrimSuffix: define('ss', text.trimSuffix),
  TrimSpace: define('s', (value: string) => value.trim()),
  lower: define('s', (value: string) => text.lowerCase(value)),
  upper: define('s', (value: string) => text.upperCase(value)),
  title: define('s', text.titleCase),
  trim: define('s', (value: string) => value.trim()),
  trimAll: define('ss', (cutset: string, value: string) => text.trimBoth(value, cutset)),
  trimPrefix: define('ss', (prefix: string, value: string) => text.trimPrefix(value, prefix)),
  trimSuffix: define('ss', (suffix: string, value: string) => text.trimSuffix(value, suffix)),
  replace: define('sss', (from: string, to: string, value: string) => text.replaceText(value, from, to)),
  repeat: define('is', (count: bigint, value: string) => text.repeatText(Number(count), value)),
  trunc: define('is', (count: bigint, value: string) => text.truncate(Number(count), value)),
  substr: define('iis', (from: bigint, to: bigint, value: string) => text.substring(Number(from), Number(to), value)),
  contains: define('ss', (part: string, value: string) => value.includes(part)),
  hasPrefix: define('ss', (prefix: string, value: string) => value.startsWith(prefix)),
  hasSuffix: define('ss', (suffix: string, value: string) => value.endsWith(suffix)),
  indent: define('is', (spaces: bigint, value: string) => text.indent(Number(spaces), value)),
  nindent: define('is', (spaces: bigint, value: string) => `\n${text.indent(Number(spaces), value)}`),
  alignLeft: define('is', (count: bigint, value: string) => text.align(Number(count), value, 'left')),
  alignRight: define('is', (count: bigint, value: string) => text.align(Number(count), value, 'right')),
  regexReplaceAll: define('sss', text.replaceAll),
  regexReplaceAllLiteral: define('sss', text.replaceAllLiteral),
  count: define('ss', (pattern: string, value: string) => BigInt(text.countMatches(pattern, value))),
  urlencode: define('s', text.urlEncode),
  urldecode: define('s', text.urlDecode),
  b64enc: define('s', (value: string) => Buffer.from(value).toString('base64')),
  b64dec: define('s', text.base64Decode),
  bytes: define('s', convertBytes),
  duration: define('s', convertDuration),
  duration_seconds: define('s', convertDuration),
  unixToTime: define('s', unixToTime),
  unixEpoch: define('t', (time: GoTime) => String(time.ns / 1_000_000_000n)),
  unixEpochMillis: define('t', (time: GoTime) => String(time.ns / 1_000_000n)),
  unixEpochNanos: define('t', (time: GoTime) => String(time.ns)),
  now: define('', nowTime),
  date: define('sa', formatDate),
  fromJson: define('s', fromJson),
  int: define('a', (value: GoValue) => toInteger(value)),
  float64: define('a', (value: GoValue) => toFloat(value)),
  add: define('a*', (...values: GoValue[]) => int64(integers(values).reduce((a, b) => a + b, 0n))),
  sub: define('aa', (a: GoValue, b: GoValue) => int64(toInteger(a) - toInteger(b))),
  mul: define('aa*', (...values: GoValue[]) => int64(integers(values).reduce((a, b) => wrap(a * b)))),
  div: define('aa', (a: GoValue, b: GoValue) => int64(divide(toInteger(a), toInteger(b)))),
  mod: define('aa', (a: GoValue, b: GoValue) => int64(remainder(toInteger(a), toInteger(b)))),
  addf: define('a*', (...values: GoValue[]) => foldDecimals('+', 0, values)),
  subf: define('aa*', (first: GoValue, ...others: GoValue[]) => foldDecimals('-', first, others)),
  mulf: define('aa*', (first: GoValue, ...others: GoValue[]) => foldDecimals('*', first, others)),
  divf: define('aa*', (first: GoValue, ...others: GoValue[]) => foldDecimals('/', first, others)),
  max: define('aa*', (...values: GoValue[]) => int64(integers(values).sort(ascending).at(-1)!)),
  min: define('aa*', (...values: GoValue[]) => int64(integers(values).sort(ascending)[0]!)),
  maxf: define('aa*', (...values: GoValue[]) => Math.max(...floats(values))),
  minf: define('aa*', (...values: GoValue[]) => Math.min(...floats(values))),
  ceil: define('a', (value: GoValue) => Math.ceil(toFloat(value))),
  floor: define('a', (value: GoValue) => Math.floor(toFloat(value))),
  round: define('aia*', (value: GoValue, places: bigint) => roundTo(toFloat(value), Number(places))),
  default: define('aa*', (fallback: GoValue, value: GoValue = null) => (isEmpty(value) ? fallback : value)),
  eq: define('aa*', (value: GoValue, ...others: GoValue[]) => {
    if (others.length === 0) throw new Error('missing argument for comparison');
    return others.some((other) => areEqual(value, other, typeName));
  }),
  ne: define('aa', (a: GoValue, b: GoValue) => !areEqual(a, b, typeName)),
  lt: define('aa', (a: GoValue, b: GoValue) => isLess(a, b, typeName)),
  le: define('aa', (a: GoValue, b: GoValue) => isLess(a, b, typeName) || areEqual(a, b, typeName)),
  gt: define('aa', (a: GoValue, b: GoValue) => !isLess(a, b, typeName) && !areEqual(a, b, typeName)),
  ge: define('aa', (a: GoValue, b: GoValue) => !isLess(a, b, typeName)),
  not: define('a', (value: GoValue) => !isTrue(value)),
  len: define('a', lengthOf),
  index: define('aa*', indexInto),
  slice: define('aa*', slice),
  html: define('a*', (...values: GoValue[]) => htmlEscape(print(...values))),
  urlquery: define('a*', (...values: GoValue[]) => text.urlEncode(print(...values))),
  print: define('a*', print),
  println: define('a*', (...values: GoValue[]) => `${values.map(printValue).join(' ')}\n`),
  printf: define('sa*', (pattern: string, ...values: GoValue[]) => formatPrintf(pattern, values)),
};
