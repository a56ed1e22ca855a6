import type { MergedPath } from '../../../../shared/trace-paths/merge-paths';

/** Where a path stands in the whole, 0 to 1. */
export interface Frame {
  readonly from: number;
  readonly to: number;
}

/** Each path as wide as its work, below the path above it, which is at least as wide; by the paths' indexes. */
export function placeFrames(paths: readonly MergedPath[]): Frame[] {
  const whole = paths.reduce((sum, { parent, work }) => (parent === -1 ? sum + work : sum), 0);
  // Where everything took no time, all spans count alike.
  const weights = whole > 0 ? paths.map(({ work }) => work) : countsBelow(paths);
  const total =
    whole > 0 ? whole : paths.reduce((sum, { parent }, index) => (parent === -1 ? sum + weights[index]! : sum), 0);
  const frames: Frame[] = [];
  const used: number[] = [];
  let usedByRoots = 0;
  for (const [index, { parent }] of paths.entries()) {
    const before = parent === -1 ? usedByRoots : used[parent]!;
    const width = weights[index]! / Math.max(total, 1);
    const from = (parent === -1 ? 0 : frames[parent]!.from) + before;
    frames.push({ from, to: from + width });
    used[index] = 0;
    if (parent === -1) usedByRoots += width;
    else used[parent] = before + width;
  }
  return frames;
}

function countsBelow(paths: readonly MergedPath[]): number[] {
  const counts = paths.map(({ spans }) => spans.length);
  for (let index = paths.length - 1; index >= 0; index -= 1) {
    const { parent } = paths[index]!;
    if (parent !== -1) counts[parent]! += counts[index]!;
  }
  return counts;
}
