import { formatGoTime } from './format-go-time';
import { GoTime, type GoValue, Int64 } from './go-value';

const printedTime = '2006-01-02 15:04:05.999999999 -0700 MST';

/** From this power of ten on a number is written with an exponent. */
const exponentFrom = 6;

/** A float as Go's `%v`: the shortest text that reads back, with an exponent from 1e+06 on and below 1e-4. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < exponentFrom) return plainDecimal(value, mantissa, power);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function plainDecimal(value: number, mantissa: string, power: number): string {
  const digits = mantissa.replace(/[-.]/g, '');
  const sign = value < 0 ? '-' : '';
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  if (digits.length <= power + 1) return sign + digits.padEnd(power + 1, '0');
  return `${sign}${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
}

/** As Go prints a value with `%v`; a nil that stands alone is told by the template. */
export function printValue(value: GoValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return printFloat(value);
  if (value instanceof Int64) return String(value.value);
  if (value instanceof GoTime) return formatGoTime(printedTime, value.ns);
  if (Array.isArray(value)) return `[${value.map(printValue).join(' ')}]`;
  if (value instanceof Map) {
    const members = [...value].sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${members.map(([key, member]) => `${key}:${printValue(member)}`).join(' ')}]`;
  }
  return String(value);
}
