/** Shades between the palest and the strongest. */
export const heatShades = 32;

/**
 * The shade of a count, -1 for none: a single one is seen beside thousands, since shades follow the logarithm, and the greatest
 * count has the last.
 */
export function heatShade(count: number, most: number): number {
  if (!(count > 0)) return -1;
  if (most <= 1) return heatShades - 1;
  const share = Math.log1p(count) / Math.log1p(most);
  return Math.min(heatShades - 1, Math.max(0, Math.round(share * (heatShades - 1))));
}

/** A CSS colour: mixed where equal steps look equal, from the theme's two ends. */
export function heatColour(shade: number): string {
  const share = Math.round((100 * shade) / (heatShades - 1));
  return `color-mix(in oklab, var(--color-heat-high) ${share}%, var(--color-heat-low))`;
}
