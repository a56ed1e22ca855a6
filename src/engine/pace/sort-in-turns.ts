import { inTurns } from './in-turns';
import type { Pace } from './pace';

/** Items that the built-in sort orders without holding the thread. */
const RUN = 256;
/** One comparison, in units of `Pace.isDueAfter`. */
const COMPARISON = 20;
const RUN_WORK = RUN * Math.log2(RUN) * COMPARISON;

/** The items in order, sorted in turns; equal ones keep theirs. */
export async function sortInTurns<Item>(
  items: readonly Item[],
  compare: (left: Item, right: Item) => number,
  pace: Pace,
): Promise<Item[]> {
  return inTurns(sortInSteps(items, compare), pace);
}

/** The same for what is done in steps; yields what each took, in units of `Pace.isDueAfter`. */
export function* sortInSteps<Item>(
  items: readonly Item[],
  compare: (left: Item, right: Item) => number,
): Generator<number, Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    yield RUN_WORK;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(yield* merge(runs[i]!, runs[i + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (left: Item, right: Item) => number,
): Generator<number, Item[]> {
  const merged: Item[] = [];
  let [nextLeft, nextRight] = [0, 0];
  while (nextLeft < left.length && nextRight < right.length) {
    merged.push(compare(left[nextLeft]!, right[nextRight]!) <= 0 ? left[nextLeft++]! : right[nextRight++]!);
    if (merged.length % RUN === 0) yield RUN * COMPARISON;
  }
  while (nextLeft < left.length) merged.push(left[nextLeft++]!);
  while (nextRight < right.length) merged.push(right[nextRight++]!);
  yield RUN;
  return merged;
}
