/** Holm's adjustment: the probabilities of several tests, in their order, so that all together err no more often than one. */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, index) => index).sort((a, b) => probabilities[a]! - probabilities[b]!);
  const adjusted = new Array<number>(probabilities.length);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, probabilities[index]! * (probabilities.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
