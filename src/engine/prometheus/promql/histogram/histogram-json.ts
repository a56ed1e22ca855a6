import { formatSample } from '../../../samples/format-sample';
import { listBuckets } from './list-buckets';
import type { NativeHistogram } from './native-histogram';

/** Which bounds belong to a bucket, as Prometheus' JSON numbers it. */
const UPPER_BELONGS = 0;
const LOWER_BELONGS = 1;
const BOTH_BELONG = 3;

/** A histogram in Prometheus' HTTP API: count, sum and its populated buckets as `[which bounds belong, lower, upper, count]`. */
export function histogramJson(histogram: NativeHistogram): string {
  const buckets = listBuckets(histogram).map(({ lower, upper, count }) => {
    return `[${boundsRule(lower, upper)},"${formatSample(lower)}","${formatSample(upper)}","${formatSample(count)}"]`;
  });
  const list = buckets.length === 0 ? '' : `,"buckets":[${buckets.join(',')}]`;
  return `{"count":"${formatSample(histogram.count)}","sum":"${formatSample(histogram.sum)}"${list}}`;
}

/** The zero bucket alone reaches as far below zero as above it. */
function boundsRule(lower: number, upper: number): number {
  if (lower === -upper) return BOTH_BELONG;
  return upper < 0 ? LOWER_BELONGS : UPPER_BELONGS;
}
