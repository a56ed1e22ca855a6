import { encodeDouble } from '../otlp-json/encode-value';

/** A row of `exponential_histograms` as `exponentialColumns` reads it. */
export interface ExponentialRow {
  readonly series: number;
  readonly time_ms: number;
  readonly count: bigint;
  readonly sum: number;
  readonly scale: number;
  readonly zero_count: bigint;
  readonly zero_threshold: number;
  readonly positive_offset: number;
  readonly positive_counts: readonly string[];
  readonly negative_offset: number;
  readonly negative_counts: readonly string[];
}

export const exponentialColumns = `series, time_ms::DOUBLE AS time_ms, count, sum, scale, zero_count, zero_threshold,
  positive_offset, positive_counts::VARCHAR[] AS positive_counts, negative_offset, negative_counts::VARCHAR[] AS negative_counts`;

/** An ExponentialHistogramDataPoint but for its attributes and time. */
export function encodeExponentialPoint(row: ExponentialRow): object {
  return {
    count: row.count.toString(),
    sum: encodeDouble(row.sum),
    scale: row.scale,
    zeroCount: row.zero_count.toString(),
    zeroThreshold: row.zero_threshold,
    positive: { offset: row.positive_offset, bucketCounts: row.positive_counts },
    negative: { offset: row.negative_offset, bucketCounts: row.negative_counts },
  };
}
