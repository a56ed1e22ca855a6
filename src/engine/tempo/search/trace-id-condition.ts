import { parseTraceId } from '../store/trace-id';
import type { ComparisonOperator } from '../traceql/ast';
import type { Static } from '../traceql/static-value';
import { type SpanCondition, unknown } from './span-condition';

const digits = 32;
const half = digits / 2;

/** A whole id, or its first digits (`=~ "4bf92f35.*"`); only as ids are written: other spellings equal none. */
export function traceIdCondition(operator: ComparisonOperator, value: Static): SpanCondition {
  if (value.type !== 'string') return unknown;
  if (operator === '=' && /^[0-9a-f]{1,32}$/.test(value.value)) {
    const id = parseTraceId(value.value)!;
    return { exact: true, sql: () => `(s.trace_hi = ${id.hi}::UBIGINT AND s.trace_lo = ${id.lo}::UBIGINT)` };
  }
  const [, start] = (operator === '=~' && /^([1-9a-f][0-9a-f]{3,30})\.\*$/.exec(value.value)) || [];
  if (start === undefined) return unknown;
  const ranges = Array.from({ length: digits - start.length + 1 }, (_, zeros) => rangeOf(start, zeros));
  return { exact: true, sql: () => `(${ranges.join(' OR ')})` };
}

/** Ids that begin with these digits behind so many zeros. */
function rangeOf(start: string, zeros: number): string {
  const least = `${'0'.repeat(zeros)}${start}`.padEnd(digits, '0');
  const most = `${'0'.repeat(zeros)}${start}`.padEnd(digits, 'f');
  const [hi, lo] = [least.slice(0, half), least.slice(half)];
  const [lastHi, lastLo] = [most.slice(0, half), most.slice(half)];
  return hi === lastHi
    ? `(s.trace_hi = ${number(hi)} AND s.trace_lo BETWEEN ${number(lo)} AND ${number(lastLo)})`
    : `s.trace_hi BETWEEN ${number(hi)} AND ${number(lastHi)}`;
}

function number(hex: string): string {
  return `${BigInt(`0x${hex}`)}::UBIGINT`;
}
