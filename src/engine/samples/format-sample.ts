/** A sample's value as Prometheus' JSON API prints it: shortest decimal, with an exponent below 1e-6 and from 1e21 on. */
export function formatSample(value: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value) || magnitude === 0 || (magnitude >= 1e-6 && magnitude < 1e21))
    return formatDecimal(value);
  return formatExponent(value);
}

/** The shortest decimal without an exponent that reads back as the same number: Go's 'f' format with precision -1. */
export function formatDecimal(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const [digits, exponentText] = String(value).split('e');
  if (exponentText === undefined) return digits!;
  const exponent = Number(exponentText);
  const sign = digits!.startsWith('-') ? '-' : '';
  const [whole, fraction = ''] = digits!.replace('-', '').split('.');
  if (exponent > 0) return `${sign}${whole}${fraction.padEnd(exponent, '0')}`;
  return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
}

/** The shortest decimal with an exponent below 1e-4 and from 1e6 on: Go's `%g`, which messages are written with. */
export function formatShortest(value: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value) || magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e6)) return formatDecimal(value);
  return formatExponent(value);
}

function formatExponent(value: number): string {
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits}e${exponent![0]}${exponent!.slice(1).padStart(2, '0')}`;
}
