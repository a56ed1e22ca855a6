/** The part of a trace that is shown, nanoseconds after its start. */
export interface View {
  from: number;
  to: number;
}

/** Where a time stands in the view, as a percentage of its width; may lie outside 0 to 100. */
export function placeOf(time: number, { from, to }: View): number {
  return ((time - from) / (to - from)) * 100;
}

/** Round times inside the view, at most `most` of whole nanoseconds, for the ruler. */
export function chooseTicks({ from, to }: View, most: number): number[] {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const rounded = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const step = Math.max(1, rounded);
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}
