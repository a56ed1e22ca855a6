import type { CSSProperties } from 'react';

/** Of a view that is as narrow as beside the details of a span, in hundredths: a letter's width. */
const letter = 2.6;

/** Where the time of a bar is written: behind it where there is room, else before it, else inside at its end. Percentages of the view. */
export function placeLabel(left: number, right: number, text: string): CSSProperties {
  const room = Math.max(15, text.length * letter);
  if (right < 100 - room) return { left: `calc(${Math.max(0, right)}% + 4px)` };
  if (left > Math.max(20, room)) return { right: `calc(${100 - left}% + 4px)` };
  return { right: `calc(${100 - Math.min(100, right)}% + 8px)` };
}
