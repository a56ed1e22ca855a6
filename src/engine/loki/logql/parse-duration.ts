const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 7 * 86_400e9,
  y: 365 * 86_400e9,
};
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/y;

/** A duration such as `1h30m` in nanoseconds; with `goOnly` the units d, w and y are refused, as Go's ParseDuration does. */
export function parseDuration(text: string, goOnly = false): number | undefined {
  const negative = text.startsWith('-');
  const digits = /^[+-]/.test(text) ? text.slice(1) : text;
  if (digits === '0') return 0;
  if (digits === '') return undefined;
  let total = 0;
  part.lastIndex = 0;
  while (part.lastIndex < digits.length) {
    const match = part.exec(digits);
    if (!match) return undefined;
    const unit = match[2]!;
    if (goOnly && 'dwy'.includes(unit)) return undefined;
    total += Number(match[1]) * units[unit]!;
  }
  return negative ? -Math.round(total) : Math.round(total);
}
