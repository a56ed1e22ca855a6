import type { Column } from './align-series';

/** The path of a line, as SVG writes it: gaps stay gaps, and a value between two of them is a dot. */
export function linePath(
  times: readonly number[],
  column: Column,
  x: (seconds: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let drawing = false;
  column.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const place = `${x(times[index]!).toFixed(1)} ${y(value).toFixed(1)}`;
    const alone = !drawing && (column[index + 1] ?? null) === null;
    path += `${drawing ? 'L' : 'M'}${place}${alone ? 'h0.01' : ''}`;
    drawing = true;
  });
  return path;
}
