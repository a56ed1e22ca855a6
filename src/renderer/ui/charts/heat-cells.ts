/** Counts of a heat map: columns from left to right, in each of them rows from below. */
export interface HeatCells {
  /** Bounds of the columns, ascending: one more than there are columns. */
  readonly xs: readonly number[];
  /** Bounds of the rows, ascending: one more than there are rows. Rows are drawn equally high; the ends may be infinite. */
  readonly ys: readonly number[];
  readonly columns: readonly ArrayLike<number>[];
}

/** A rectangle in the values of the axes. */
export interface HeatRectangle {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** A rectangle of cells: columns from `left` up to `right`, rows from `bottom` up to `top`, all of them included. */
export interface CellRectangle {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** The cells from one corner to the other, whichever way it was drawn. */
export function cellsBetween(a: Cell, b: Cell): CellRectangle {
  return {
    left: Math.min(a.x, b.x),
    right: Math.max(a.x, b.x),
    bottom: Math.min(a.y, b.y),
    top: Math.max(a.y, b.y),
  };
}

export function rectangleOf({ left, right, bottom, top }: CellRectangle, { xs, ys }: HeatCells): HeatRectangle {
  return { from: xs[left]!, to: xs[right + 1]!, low: ys[bottom]!, high: ys[top + 1]! };
}

export function countIn({ columns }: HeatCells, { left, right, bottom, top }: CellRectangle): number {
  let sum = 0;
  for (let x = left; x <= right; x++) for (let y = bottom; y <= top; y++) sum += columns[x]?.[y] ?? 0;
  return sum;
}

/** Where a value stands on an axis, 0 to 1; between two bounds in proportion, or in that of logarithms where both are above zero. */
export function placeOf(value: number, bounds: readonly number[], scale: 'linear' | 'log'): number {
  const last = bounds.length - 1;
  if (last < 1 || value <= bounds[0]!) return 0;
  if (value >= bounds[last]!) return 1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (bounds[middle]! <= value) low = middle;
    else high = middle;
  }
  const [from, to] = [bounds[low]!, bounds[high]!];
  const isLog = scale === 'log' && from > 0 && Number.isFinite(to);
  const within = !Number.isFinite(to - from)
    ? 0
    : isLog
      ? Math.log(value / from) / Math.log(to / from)
      : (value - from) / (to - from);
  return (low + within) / last;
}

export interface HeatTotals {
  readonly total: number;
  /** Of one cell. */
  readonly most: number;
  /** Where that is; null where all are empty. */
  readonly at: Cell | null;
}

export function totalsOf({ columns }: HeatCells): HeatTotals {
  let [total, most] = [0, 0];
  let at: Cell | null = null;
  for (const [x, column] of columns.entries()) {
    for (let y = 0; y < column.length; y++) {
      const count = column[y]!;
      total += count;
      if (count > most) [most, at] = [count, { x, y }];
    }
  }
  return { total, most, at };
}
