/** As Prometheus and Loki write one: Unix seconds, and the value as text. */
export type Sample = readonly [seconds: number, value: string];

/** A value's text as a number: Prometheus writes `+Inf`, `-Inf` and `NaN`. */
export function readValue(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}

/** Unix milliseconds, cut as Grafana cuts them. */
export function toMilliseconds(seconds: number): number {
  return Math.trunc(seconds * 1000);
}
