const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86400e9,
  w: 7 * 86400e9,
  y: 365 * 86400e9,
};

/** Nanoseconds of a duration in Go's or Prometheus' notation (`1h30m`, `1.5s`, `2d`); undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[+-]/, '');
  if (digits === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|[smhdwy]))+$/.test(digits)) return undefined;
  let total = 0;
  for (const [, amount, unit] of digits.matchAll(/([\d.]+)(ns|us|µs|ms|[smhdwy])/g)) {
    total += Number(amount) * (unitNanoseconds[unit as string] as number);
  }
  return sign * Math.round(total);
}
