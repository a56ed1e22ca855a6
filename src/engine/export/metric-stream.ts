import type { RestoredMetric } from './restore-metric';
import type { SeriesOrigin } from './restore-origin';

/** One stream of points of one OTLP metric: one label set. */
export interface MetricStream {
  readonly kind: 'gauge' | 'sum' | 'histogram' | 'exponential' | 'summary';
  readonly metric: RestoredMetric;
  readonly origin: SeriesOrigin;
}

/** What the samples of a series are to its stream. `at`: the bound of a bucket, or the quantile. */
export interface SeriesRole {
  readonly stream: MetricStream;
  readonly part: 'value' | 'bucket' | 'sum' | 'count' | 'quantile';
  readonly at: number;
}
