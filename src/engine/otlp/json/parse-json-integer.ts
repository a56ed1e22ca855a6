const PLAIN = /^-?\d{1,15}$/;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Of 2^64. */
const MAX_DIGITS = 20;

/**
 * The exact value of an integer written as a JSON number (`15`, `1.0`, `1.5e3`); undefined where the text is none, or has
 * more than twenty digits.
 */
export function parseJsonInteger(text: string): bigint | undefined {
  if (PLAIN.test(text)) return BigInt(text);
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const digits = whole! + fraction;
  let from = 0;
  while (digits[from] === '0') from++;
  if (from === digits.length) return 0n;
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  const zeros = Number(exponent) - fraction.length + (digits.length - end);
  if (zeros < 0 || end - from + zeros > MAX_DIGITS) return undefined;
  return BigInt(`${sign}${digits.slice(from, end)}${'0'.repeat(zeros)}`);
}
