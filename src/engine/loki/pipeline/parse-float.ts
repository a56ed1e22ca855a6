const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const special = /^([+-]?)(inf|infinity|nan)$/i;

/** A number as Go's ParseFloat reads it (without its hexadecimal floats); undefined when it is none. */
export function parseFloatStrictly(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const match = special.exec(text);
  if (!match) return undefined;
  if (match[2]!.toLowerCase() === 'nan') return Number.NaN;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
