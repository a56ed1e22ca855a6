/** Cohen's h: the size of the difference between two shares; 0.2 is small, 0.5 middling, 0.8 great, π all. Signed. */
export function effectOf(share: number, expected: number): number {
  return 2 * (Math.asin(Math.sqrt(clamp(share))) - Math.asin(Math.sqrt(clamp(expected))));
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
