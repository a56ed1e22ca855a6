import type { Pace } from './pace';

/** Items that the built-in sort orders without holding the thread. */
const RUN = 1024;
/** One comparison of labels, in units of `Pace.isDueAfter`. */
const COMPARISON = 20;

/** The items in order, sorted in turns; equal ones keep theirs. */
export async function sortInTurns<Item>(
  items: readonly Item[],
  compare: (left: Item, right: Item) => number,
  pace: Pace,
): Promise<Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    if (pace.isDue) await pace.pause();
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(await merge(runs[i]!, runs[i + 1] ?? [], compare, pace));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (left: Item, right: Item) => number,
  pace: Pace,
): Promise<Item[]> {
  const merged: Item[] = [];
  let [nextLeft, nextRight] = [0, 0];
  while (nextLeft < left.length && nextRight < right.length) {
    merged.push(compare(left[nextLeft]!, right[nextRight]!) <= 0 ? left[nextLeft++]! : right[nextRight++]!);
    if (pace.isDueAfter(COMPARISON)) await pace.pause();
  }
  while (nextLeft < left.length) merged.push(left[nextLeft++]!);
  while (nextRight < right.length) merged.push(right[nextRight++]!);
  return merged;
}
