/** 2^(k / 2^schema) for every k below 2^schema, by schema. */
const fractions = new Map<number, Float64Array>();

/** The upper bound of the positive bucket with this index; beyond the largest double, an infinity. */
export function boundOfBucket(index: number, schema: number): number {
  if (schema <= 0) return powerOfTwo(index * 2 ** -schema);
  const parts = 2 ** schema;
  const whole = Math.floor(index / parts);
  return powerOfTwo(whole, fractionsOf(schema)[index - whole * parts]);
}

function powerOfTwo(exponent: number, factor = 1): number {
  // The bucket below the one for infinite values ends at the largest double.
  if (exponent === 1024 && factor === 1) return Number.MAX_VALUE;
  // In two steps: 2^1023 and the smallest numbers are reached without passing their limits.
  const half = Math.trunc(exponent / 2);
  return factor * 2 ** half * 2 ** (exponent - half);
}

function fractionsOf(schema: number): Float64Array {
  let known = fractions.get(schema);
  if (known === undefined) {
    known = Float64Array.from({ length: 2 ** schema }, (_, part) => 2 ** (part / 2 ** schema));
    fractions.set(schema, known);
  }
  return known;
}
