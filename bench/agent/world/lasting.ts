/** About `milliseconds`, most within a third, a few much longer: as services answer. */
export function lasting(milliseconds: number, random: () => number): number {
  const bell = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return milliseconds * Math.exp(0.3 * bell) + (random() < 0.003 ? 40 * random() : 0);
}
