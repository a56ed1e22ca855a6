/** A number as Prometheus writes it: also `+Inf`, `-Inf` and `NaN`. */
export function promNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
