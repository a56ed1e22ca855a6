const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const suffixes = ['', 'k', 'M', 'G', 'T', 'P'];

/** Whole number with thousands separators: `1,204`. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** At most four characters and a suffix: `0.25`, `12.4`, `1.20k`, `3.4M`. */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return value.toExponential(1);
  let power = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 999.5 && power < suffixes.length - 1) {
    scaled /= 1000;
    power++;
  }
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : size < 0.1 && size !== 0 ? 3 : 2;
  const text = power === 0 ? String(Number(scaled.toFixed(digits))) : scaled.toFixed(digits);
  return text + suffixes[power];
}

/** Items a second: `0`, `0.5`, `1,204`, `12.3k`. */
export function formatRate(value: number): string {
  if (value > 0 && value < 10) return String(Number(value.toFixed(1)));
  return value < 10_000 ? formatCount(value) : formatShort(value);
}
