/** Above it the terms of the series would cancel each other out, and the continued fraction needs only few. */
const seriesUpTo = 3;
const leastTerm = 1e-17;
const fractionDepth = 60;

/** The probability that the standard normal distribution exceeds `z`; right to about 12 digits. */
export function normalTail(z: number): number {
  const x = Math.abs(z);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const tail = x < seriesUpTo ? 0.5 - density * sumOfSeries(x) : density / continuedFraction(x);
  return z >= 0 ? tail : 1 - tail;
}

/** x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + … */
function sumOfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; term > leastTerm; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

/** x + 1/(x + 2/(x + 3/(x + …))) */
function continuedFraction(x: number): number {
  let value = x;
  for (let depth = fractionDepth; depth > 0; depth--) value = x + depth / value;
  return value;
}
