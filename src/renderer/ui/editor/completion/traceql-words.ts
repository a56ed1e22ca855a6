import { wordsOffers } from './words-offers';

export const traceqlIntrinsics = wordsOffers(
  'name',
  `
  name: The span's name
  duration: How long the span took
  status: error, ok or unset
  statusMessage: What the span says of its status
  kind: server, client, producer, consumer, internal or unspecified
  rootName: Name of the trace's root span
  rootServiceName: Service of the trace's root span
  traceDuration: From the trace's first start to its last end
  nestedSetParent: Below 0 for a root span
  nestedSetLeft: Place of the span in its tree
  nestedSetRight: Place of the span in its tree
  trace:id: Id of the trace
  trace:duration: From the trace's first start to its last end
  trace:rootName: Name of the trace's root span
  trace:rootService: Service of the trace's root span
  span:id: Id of the span
  span:parentID: Id of the parent span
  span:name: The span's name
  span:duration: How long the span took
  span:status: error, ok or unset
  span:statusMessage: What the span says of its status
  span:kind: server, client, producer, consumer, internal or unspecified
  span:childCount: How many spans are right below it
  event:name: Name of an event of the span
  event:timeSinceStart: From the span's start to the event
  link:traceID: Trace that a link of the span leads to
  link:spanID: Span that a link leads to
  instrumentation:name: Library that made the span
  instrumentation:version: Version of that library
`,
);

export const traceqlScopes = wordsOffers(
  'keyword',
  `
  resource.: What the process says of itself
  span.: Attributes of the span
  event.: Attributes of its events
  link.: Attributes of its links
  instrumentation.: Attributes of the library
  parent.: Of the parent span
`,
).map((offer) => ({ ...offer, insert: offer.label }));

export const traceqlStages = [
  ...wordsOffers(
    'function',
    `
  count: How many spans matched in a trace
  avg: Mean of a field over the matched spans
  min: Least value of a field over the matched spans
  max: Greatest value of a field over the matched spans
  sum: Sum of a field over the matched spans
  by: Groups the matched spans by a field
  select: Fields that the answer shows beside the spans
  coalesce: Joins groups again
  rate: Matched spans a second, over time
  count_over_time: Matched spans a step, over time
  min_over_time: Least value of a field, over time
  max_over_time: Greatest value of a field, over time
  avg_over_time: Mean of a field, over time
  sum_over_time: Sum of a field, over time
  quantile_over_time: Quantiles of a field, over time, such as (duration, .5, .95)
  histogram_over_time: Spans by size of a field, over time
  topk: The greatest series of a metrics query
  bottomk: The least series of a metrics query
`,
  ),
];

export const traceqlAfterMetrics = wordsOffers(
  'function',
  `
  by: One series for each value of these fields
  with: Hints, such as (exemplars=true)
`,
);

export const traceqlHints = wordsOffers(
  'keyword',
  `
  exemplars=true: Traces beside the points of a metrics query
  most_recent=true: The newest traces, where a backend would give any
`,
);

/** Values of intrinsics that are words, not strings. */
export const traceqlWordValues: Readonly<Record<string, readonly string[]>> = {
  status: ['error', 'ok', 'unset'],
  kind: ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'],
};

export const traceqlComparisons = wordsOffers(
  'operator',
  `
  =: Equals
  !=: Does not equal
  =~: Matches a regular expression
  !~: Does not match
  >: Greater
  >=: Greater or equal
  <: Less
  <=: Less or equal
`,
);

export const traceqlJoins = wordsOffers(
  'operator',
  `
  &&: Both hold for one span
  ||: Either holds
`,
);

export const traceqlStructure = wordsOffers(
  'operator',
  `
  |: Counts, groups or selects what matched
  &&: Both are in one trace
  ||: Either is in a trace
  >>: The right is somewhere below the left
  >: The right is right below the left
  ~: Both have one parent
`,
);
