import type { CSSProperties } from 'react';

/** Where the time of a bar is written: behind it where there is room, else before it, else inside at its end. Percentages of the view. */
export function placeLabel(left: number, right: number): CSSProperties {
  if (right < 85) return { left: `calc(${Math.max(0, right)}% + 4px)` };
  if (left > 20) return { right: `calc(${100 - left}% + 4px)` };
  return { right: `calc(${100 - Math.min(100, right)}% + 8px)` };
}
