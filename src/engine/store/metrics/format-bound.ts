/** A bucket's bound or a quantile as the value of `le` or `quantile`: the shortest decimal digits, never an exponent. */
export function formatBound(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', first = '', rest = '', exponent = '0'] = match;
  const digits = first + rest;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}
