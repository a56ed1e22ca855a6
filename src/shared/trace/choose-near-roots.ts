interface Chosen<Id> {
  readonly ids: ArrayLike<Id>;
  readonly parents: ArrayLike<Id>;
  /** Of those of one depth the greatest are chosen first. */
  readonly worth: (index: number) => number;
}

/**
 * Of many spans the `most` that are nearest to the roots, so that each of them has its parent among them; of the deepest that fit in
 * part those that are worth most. Indexes in their order. Spans of a circle of parents come last.
 */
export function chooseNearRoots<Id>({ ids, parents, worth }: Chosen<Id>, most: number): number[] {
  const count = ids.length;
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const byId = new Map<Id, number>();
  for (let index = 0; index < count; index++) if (!byId.has(ids[index]!)) byId.set(ids[index]!, index);
  // Lists of children as two arrays of numbers: there may be millions.
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  let level: number[] = [];
  for (let index = 0; index < count; index++) {
    const parent = byId.get(parents[index]!) ?? -1;
    if (parent === -1 || parent === index || ids[index] === parents[index]) level.push(index);
    else {
      nextSibling[index] = firstChild[parent]!;
      firstChild[parent] = index;
    }
  }
  const chosen: number[] = [];
  while (level.length > 0 && chosen.length < most) {
    const room = most - chosen.length;
    for (const index of level.length <= room ? level : takeWorthiest(level, worth, room)) chosen.push(index);
    const below: number[] = [];
    for (const index of level)
      for (let child = firstChild[index]!; child !== -1; child = nextSibling[child]!) below.push(child);
    level = below;
  }
  return chosen.sort((a, b) => a - b);
}

function takeWorthiest(level: readonly number[], worth: (index: number) => number, count: number): number[] {
  const worths = Float64Array.from(level, worth).sort();
  const least = worths[worths.length - count]!;
  const above = level.filter((index) => worth(index) > least);
  const equal = level.filter((index) => worth(index) === least);
  return [...above, ...equal.slice(0, count - above.length)];
}
