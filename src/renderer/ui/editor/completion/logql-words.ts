import { wordsOffers } from './words-offers';

export const logqlStages = wordsOffers(
  'keyword',
  `
  json: Reads the line as JSON; its fields become labels
  logfmt: Reads key=value pairs of the line
  pattern: Reads parts of the line by a pattern such as "<ip> <_> <status>"
  regexp: Reads named groups of a regular expression
  unpack: Opens lines that promtail packed
  line_format: Writes the line anew from a template
  label_format: Renames labels, or writes them anew
  decolorize: Takes colour codes out of the line
  drop: Leaves labels out
  keep: Leaves out all labels but these
  unwrap: Takes a label's number for a metric
`,
);

export const logqlFunctions = wordsOffers(
  'function',
  `
  rate: Lines a second
  count_over_time: Lines in the range
  bytes_rate: Bytes of lines a second
  bytes_over_time: Bytes of lines in the range
  absent_over_time: 1 where no line is in the range
  sum_over_time: Sum of the unwrapped values
  avg_over_time: Mean of the unwrapped values
  min_over_time: Least of the unwrapped values
  max_over_time: Greatest of the unwrapped values
  first_over_time: First of the unwrapped values
  last_over_time: Last of the unwrapped values
  stddev_over_time: Standard deviation of the unwrapped values
  stdvar_over_time: Variance of the unwrapped values
  quantile_over_time: A quantile of the unwrapped values
  rate_counter: Growth a second of an unwrapped counter
  sum: Adds series up
  avg: Mean of series
  min: Least of series
  max: Greatest of series
  count: How many series there are
  topk: The greatest series
  bottomk: The least series
  stddev: Standard deviation of series
  stdvar: Variance of series
  sort: Series in ascending order
  sort_desc: Series in descending order
  label_replace: Makes a label from another by a regular expression
  vector: A number as a series
`,
);

export const logqlModifiers = wordsOffers(
  'keyword',
  `
  by: Keeps these labels
  without: Leaves these labels out
  and: Series that are on both sides
  or: Series of either side
  unless: Series that are not on the right side
  on: Matches by these labels
  ignoring: Matches by all labels but these
  offset: As it was so long ago
`,
);

export const logqlFilters = wordsOffers(
  'operator',
  `
  |=: The line contains
  !=: The line does not contain
  |~: The line matches a regular expression
  !~: The line does not match
  |>: The line matches a pattern
  !>: The line does not match a pattern
  |: Reads, filters or changes the line
`,
);
