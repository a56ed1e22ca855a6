/** Of the height, at least where there is anything. */
const leastShare = 0.08;

/**
 * The columns as one path, each 1 wide and up to 100 high. They grow with the square root: an hour of little stays visible beside
 * a minute of much. `of` is what the highest one stands for.
 */
export function columnPath(counts: readonly number[], of: number): string {
  let path = '';
  counts.forEach((count, at) => {
    if (count <= 0) return;
    const height = Math.round(100 * Math.max(leastShare, Math.sqrt(Math.min(1, count / of))));
    path += `M${at + 0.1} 100v${-height}h.8v${height}z`;
  });
  return path;
}
