import { type GoValue, integerOf, isTrue } from './go-value';
import { printFloat } from './print-value';

/** Digits behind the point of a quotient. */
const QUOTIENT_DIGITS = 16;

/** A value as a float, 0 where it is none. */
export function toFloat(value: GoValue): number {
  const whole = integerOf(value);
  if (whole !== undefined) return Number(whole);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return 0;
  if (/^[+-]?nan$/i.test(value)) return Number.NaN;
  if (/^[+-]?inf(inity)?$/i.test(value))
    return value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? Number(value) : 0;
}

/** A value as an integer of 64 bits, 0 where it is none; a float is cut. */
export function toInteger(value: GoValue): bigint {
  const whole = integerOf(value);
  if (whole !== undefined) return whole;
  if (typeof value === 'string') return readInteger(value);
  const cut = Math.trunc(toFloat(value));
  return Number.isFinite(cut) ? BigInt.asIntN(64, BigInt(cut)) : 0n;
}

// With Go's prefixes for other bases; a leading 0 is one.
function readInteger(text: string): bigint {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9]\d*|0)(\.0*)?$/.exec(text);
  if (!match) return 0n;
  const value = BigInt(match[2]!.replace(/^0[oO]?(?=[0-7]+$)/, '0o'));
  return BigInt.asIntN(64, match[1] === '-' ? -value : value);
}

export const wrap = (value: bigint) => BigInt.asIntN(64, value);

export function divide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new Error('runtime error: integer divide by zero');
  return wrap(a / b);
}

export function remainder(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new Error('runtime error: integer divide by zero');
  return a % b;
}

/** A decimal: `digits` times ten to the power of -`scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function toDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) throw new Error(`Cannot create a Decimal from ${printFloat(value)}`);
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

const toNumber = ({ digits, scale }: Decimal) => Number(`${digits}e-${scale}`);

function atScale({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

function quotient(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new Error('decimal division by 0');
  const shift = QUOTIENT_DIGITS + b.scale - a.scale;
  const [numerator, denominator] =
    shift >= 0 ? [a.digits * 10n ** BigInt(shift), b.digits] : [a.digits, b.digits * 10n ** BigInt(-shift)];
  const twice = (2n * numerator) / denominator;
  return { digits: (twice + (twice < 0n ? -1n : 1n)) / 2n, scale: QUOTIENT_DIGITS };
}

const operations: Readonly<Record<'+' | '-' | '*' | '/', (a: Decimal, b: Decimal) => Decimal>> = {
  '+': (a, b) => addDecimals(a, b, 1n),
  '-': (a, b) => addDecimals(a, b, -1n),
  '*': (a, b) => ({ digits: a.digits * b.digits, scale: a.scale + b.scale }),
  '/': quotient,
};

function addDecimals(a: Decimal, b: Decimal, sign: bigint): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: atScale(a, scale) + sign * atScale(b, scale), scale };
}

/** Floats one after another, computed in decimals: 0.1 and 0.2 are 0.3. */
export function foldDecimals(operator: keyof typeof operations, first: GoValue, others: readonly GoValue[]): number {
  const total = others.reduce<Decimal>(
    (sum, value) => operations[operator](sum, toDecimal(toFloat(value))),
    toDecimal(toFloat(first)),
  );
  return toNumber(total);
}

export function roundTo(value: number, places: number): number {
  const power = 10 ** places;
  const digit = power * value;
  return (digit - Math.trunc(digit) >= 0.5 ? Math.ceil(digit) : Math.floor(digit)) / power;
}

/** How Go tells values apart for `eq` and `lt`. */
function kindOf(value: GoValue): string {
  if (integerOf(value) !== undefined) return 'int';
  return value === null || typeof value === 'object' ? 'none' : typeof value;
}

function checkKinds(a: GoValue, b: GoValue, name: (value: GoValue) => string): void {
  if (kindOf(a) !== kindOf(b)) {
    const types = a === null || b === null ? '' : `: ${name(a)} and ${name(b)}`;
    throw new Error(`incompatible types for comparison${types}`);
  }
  if (kindOf(a) === 'none') throw new Error('invalid type for comparison');
}

export function areEqual(a: GoValue, b: GoValue, name: (value: GoValue) => string): boolean {
  if (a === null || b === null) return a === b;
  checkKinds(a, b, name);
  return kindOf(a) === 'int' ? integerOf(a) === integerOf(b) : a === b;
}

export function isLess(a: GoValue, b: GoValue, name: (value: GoValue) => string): boolean {
  checkKinds(a, b, name);
  if (kindOf(a) === 'boolean') throw new Error('invalid type for comparison');
  if (kindOf(a) === 'int') return integerOf(a)! < integerOf(b)!;
  return typeof a === 'string'
    ? Buffer.compare(Buffer.from(a), Buffer.from(b as string)) < 0
    : (a as number) < (b as number);
}

export const isEmpty = (value: GoValue) => !isTrue(value);
