import type { Pace } from '../../pace/pace';

/** Finding the place of one item, in units of `Pace.isDueAfter`. */
const COMPARISON = 100;

/** The first `count` items in the order of `compare`, which tells any two apart. */
export async function keepBest<Item>(
  items: Iterable<Item>,
  count: number,
  compare: (a: Item, b: Item) => number,
  pace: Pace,
): Promise<Item[]> {
  const best: Item[] = [];
  for (const item of items) {
    if (best.length < count || compare(item, best[best.length - 1]!) < 0) {
      best.splice(placeOf(item, best, compare), 0, item);
      if (best.length > count) best.pop();
    }
    if (pace.isDueAfter(COMPARISON)) await pace.turn();
  }
  return best;
}

function placeOf<Item>(item: Item, sorted: readonly Item[], compare: (a: Item, b: Item) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]!, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
