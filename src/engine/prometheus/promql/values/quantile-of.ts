/** The φ-quantile with linear interpolation; sorts `values` in place. φ outside [0, 1] gives an infinity, no values give NaN. */
export function quantileOf(phi: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(phi)) return Number.NaN;
  if (phi < 0) return Number.NEGATIVE_INFINITY;
  if (phi > 1) return Number.POSITIVE_INFINITY;
  sortNaNFirst(values);
  const rank = phi * (values.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return values[lower]! * (1 - weight) + values[upper]! * weight;
}

/** A typed array's own order puts NaN last; Prometheus counts NaN as the smallest value. */
function sortNaNFirst(values: Float64Array): void {
  values.sort();
  const firstNaN = values.findIndex(Number.isNaN);
  if (firstNaN <= 0) return;
  const ordinary = values.slice(0, firstNaN);
  values.fill(Number.NaN, 0, values.length - firstNaN);
  values.set(ordinary, values.length - firstNaN);
}
