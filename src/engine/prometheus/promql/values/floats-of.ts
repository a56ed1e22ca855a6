import type { StepSeries } from './value';

/** The series without its histograms, for operations that know floats alone. */
export function floatsOf(series: StepSeries): StepSeries {
  const { labels, values, present, histograms } = series;
  if (histograms === undefined) return series;
  return { labels, values, present: present.map((flag, step) => (histograms[step] === undefined ? flag : 0)) };
}
