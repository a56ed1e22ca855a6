import type { MixedWindow } from '../../evaluation/slide-mixed-window';
import type { Sample } from '../../terms/sample-source';

/** Calls back for every two samples that follow each other in time, floats and histograms together. */
export function walkSamples(
  { floats, histograms }: MixedWindow,
  visit: (previous: Sample, current: Sample) => void,
): void {
  let [nextFloat, nextHistogram] = [floats.from, histograms.from];
  let previous: Sample | undefined;
  while (nextFloat < floats.to || nextHistogram < histograms.to) {
    const takesFloat =
      nextHistogram >= histograms.to ||
      (nextFloat < floats.to && floats.times[nextFloat]! < histograms.times[nextHistogram]!);
    const current: Sample = takesFloat ? floats.values[nextFloat++]! : histograms.values[nextHistogram++]!;
    if (previous !== undefined) visit(previous, current);
    previous = current;
  }
}
