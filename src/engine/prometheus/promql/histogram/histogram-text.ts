import { formatShortest } from '../../../samples/format-sample';
import { listBuckets } from './list-buckets';
import type { NativeHistogram } from './native-histogram';

/** A histogram in one line, as `count_values` makes a label's value of it: `{count:3, sum:5, (1,2]:3}`. */
export function histogramText(histogram: NativeHistogram): string {
  const buckets = listBuckets(histogram).map(({ lower, upper, count }) => {
    const [opens, closes] = [lower < 0 || lower === -upper ? '[' : '(', upper > 0 || lower === -upper ? ']' : ')'];
    return `, ${opens}${formatShortest(lower)},${formatShortest(upper)}${closes}:${formatShortest(count)}`;
  });
  return `{count:${formatShortest(histogram.count)}, sum:${formatShortest(histogram.sum)}${buckets.join('')}}`;
}
