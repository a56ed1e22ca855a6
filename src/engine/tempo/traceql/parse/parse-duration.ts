const unitNanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 7n * 86_400_000_000_000n,
  y: 365n * 86_400_000_000_000n,
};

const WHOLE = /^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|[smhdwy]))+$/;
const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|[smhdwy])/g;
const MAX_NANOSECONDS = 2n ** 63n - 1n;

/**
 * Nanoseconds of a duration in Go's or Prometheus' notation (`1h30m`, `1.5s`, `2d`); undefined where it is none, or one
 * of more than 64 bits.
 */
export function parseDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[+-]/, '');
  if (digits === '0') return 0n;
  if (!WHOLE.test(digits)) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of digits.matchAll(PART)) {
    const size = unitNanoseconds[unit]!;
    total += BigInt(whole || '0') * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
  }
  if (total > MAX_NANOSECONDS) return undefined;
  return negative ? -total : total;
}
