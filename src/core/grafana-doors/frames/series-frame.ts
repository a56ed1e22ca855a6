import type { FrameField } from './data-frame';
import { readValue, type Sample, toMilliseconds } from './read-sample';

interface SeriesColumns {
  samples: readonly Sample[];
  labels: Readonly<Record<string, string>>;
  /** Of the column of values. */
  name: string;
  /** What a chart calls it. */
  displayName: string;
  /** Milliseconds between two points; missing where there is one alone. */
  interval?: number;
}

/** The two columns of a series. */
export function seriesColumns({ samples, labels, name, displayName, interval }: SeriesColumns): FrameField[] {
  return [
    {
      name: 'Time',
      type: 'time',
      frame: 'time.Time',
      ...(interval !== undefined && { config: { interval } }),
      values: samples.map(([seconds]) => toMilliseconds(seconds)),
    },
    {
      name,
      type: 'number',
      frame: 'float64',
      labels,
      ...(displayName !== '' && { config: { displayNameFromDS: displayName } }),
      values: samples.map(([, value]) => readValue(value)),
    },
  ];
}
