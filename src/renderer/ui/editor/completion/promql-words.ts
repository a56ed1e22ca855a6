import { wordsOffers } from './words-offers';

export const promqlFunctions = wordsOffers(
  'function',
  `
  rate: Growth of a counter a second, over the range
  irate: Growth of a counter a second, by its last two samples
  increase: Growth of a counter over the range
  delta: Change of a gauge over the range
  idelta: Change between the last two samples
  deriv: Slope of a gauge a second
  predict_linear: What a gauge will be in so many seconds
  changes: How often the value changed
  resets: How often a counter began anew
  avg_over_time: Mean of the range
  min_over_time: Least of the range
  max_over_time: Greatest of the range
  sum_over_time: Sum of the range
  count_over_time: Samples in the range
  first_over_time: First sample of the range
  last_over_time: Last sample of the range
  present_over_time: 1 where a sample is in the range
  absent_over_time: 1 where no sample is in the range
  quantile_over_time: A quantile of the range
  stddev_over_time: Standard deviation of the range
  stdvar_over_time: Variance of the range
  histogram_quantile: A quantile of a histogram, such as (0.95, …)
  histogram_fraction: Share of a histogram between two values
  histogram_avg: Mean of a native histogram
  histogram_count: Count of a native histogram
  histogram_sum: Sum of a native histogram
  histogram_stddev: Standard deviation of a native histogram
  histogram_stdvar: Variance of a native histogram
  label_replace: Makes a label from another by a regular expression
  label_join: Makes a label from several others
  abs: Without its sign
  absent: 1 where the series is not there
  ceil: Rounded up
  floor: Rounded down
  round: Rounded to a multiple
  clamp: Held between two values
  clamp_min: Held above a value
  clamp_max: Held below a value
  exp: e to the power
  ln: Natural logarithm
  log2: Logarithm to base 2
  log10: Logarithm to base 10
  sqrt: Square root
  sgn: -1, 0 or 1
  deg: Radians as degrees
  rad: Degrees as radians
  sin: Sine
  cos: Cosine
  tan: Tangent
  asin: Arc sine
  acos: Arc cosine
  atan: Arc tangent
  sinh: Hyperbolic sine
  cosh: Hyperbolic cosine
  tanh: Hyperbolic tangent
  asinh: Inverse hyperbolic sine
  acosh: Inverse hyperbolic cosine
  atanh: Inverse hyperbolic tangent
  pi: 3.14159…
  scalar: The one series as a number
  vector: A number as a series
  sort: Series in ascending order
  sort_desc: Series in descending order
  time: The time of evaluation, Unix seconds
  timestamp: The time of each sample
  minute: Minute of the hour
  hour: Hour of the day
  day_of_week: 0 for Sunday
  day_of_month: Day of the month
  day_of_year: Day of the year
  days_in_month: How many days the month has
  month: Month of the year
  year: The year
`,
);

export const promqlAggregations = wordsOffers(
  'function',
  `
  sum: Adds series up
  avg: Mean of series
  min: Least of series
  max: Greatest of series
  count: How many series there are
  count_values: How many series have each value
  group: 1 for each group
  quantile: A quantile over series
  stddev: Standard deviation of series
  stdvar: Variance of series
  topk: The greatest series
  bottomk: The least series
`,
);

export const promqlModifiers = wordsOffers(
  'keyword',
  `
  by: Keeps these labels
  without: Leaves these labels out
  and: Series that are on both sides
  or: Series of either side
  unless: Series that are not on the right side
  on: Matches by these labels
  ignoring: Matches by all labels but these
  group_left: Many on the left match one on the right
  group_right: One on the left matches many on the right
  offset: As it was so long ago
  bool: 0 or 1 in place of a filter
`,
);
