/** Sorted: a copy, or the very list where it is that already. */
export function ascending(values: ArrayLike<number>): Float64Array {
  if (values instanceof Float64Array && isAscending(values)) return values;
  return new Float64Array(values).sort();
}

function isAscending(values: Float64Array): boolean {
  for (let at = 1; at < values.length; at++) if (!(values[at - 1]! <= values[at]!)) return false;
  return true;
}
