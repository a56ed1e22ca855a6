/** Selectors of distinct, well-behaved values, so that ties and rounding do not decide what an answer contains. */
const VECTORS = [
  'http_requests_total',
  'temperature_celsius',
  'memory_bytes',
  'http_requests_total{job="api"}',
  'http_requests_total{method!="GET"} offset 3m',
  'late_total',
  'latency_seconds_bucket',
  'latency_seconds_sum',
  'odd{kind=~"flapping|stale.*|some-nan"}',
  'minutely',
  'build_info',
  'memory_bytes @ 1700003600',
  '{job="web",__name__=~"memory_bytes|latency_seconds_count"}',
  'nothing',
];
const COUNTERS = ['http_requests_total', 'late_total', 'latency_seconds_count', 'gappy_total', 'minutely'];
const GROUPINGS = [
  '',
  'by (job)',
  'by (job, method)',
  'without (instance)',
  'without (instance, code, le)',
  'by (instance, kind)',
  'by (__name__)',
];
const MATCHINGS = [
  '',
  'on (job)',
  'on (instance)',
  'ignoring (code)',
  'on (instance) group_left',
  'on (job) group_right',
  'on ()',
  'ignoring (method, code) group_left (version)',
];

/** Reproducible random queries that nest selectors, functions, operators, aggregations and subqueries. */
export function buildRandomQueries(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const duration = (): string => pick(['45s', '1m', '2m', '5m', '11m', '30m']);
  const shift = (): string =>
    pick(['', '', '', ' offset 4m', ' offset -90s', ' @ end()', ' @ start() offset -7m', ' @ 1700004000']);

  const scalar = (): string => pick(['2', '0.5', '-3', '1e3', '(time() / 1e9)', 'scalar(late_total)', 'pi()']);

  const range = (depth: number): string =>
    depth > 0 && random() < 0.4
      ? `(${vector(depth - 1)})[${duration()}:${pick(['', '15s', '1m', '37s'])}]${shift()}`
      : `${pick(COUNTERS)}[${duration()}]${shift()}`;

  const overRange = (depth: number): string =>
    `${pick(['rate', 'increase', 'irate', 'avg_over_time', 'max_over_time', 'min_over_time', 'sum_over_time', 'count_over_time', 'last_over_time', 'present_over_time'])}(${range(depth)})`;

  const aggregation = (depth: number): string => {
    const operator = pick(['sum', 'avg', 'min', 'max', 'count', 'group', 'quantile', 'topk', 'bottomk']);
    // Which of equal values is among the top is left open, so these take plain counters.
    if (operator.endsWith('k')) return `${operator} ${pick(GROUPINGS)} (${pick(['1', '2', '5'])}, ${pick(COUNTERS)})`;
    return `${operator} ${pick(GROUPINGS)} (${operator === 'quantile' ? '0.6, ' : ''}${vector(depth - 1)})`;
  };

  const binary = (depth: number): string => {
    const [left, right] = [vector(depth - 1), vector(depth - 1)];
    if (random() < 0.3) return `(${left}) ${pick(['+', '*', '/', '>', '<= bool'])} ${scalar()}`;
    if (random() < 0.3)
      return `(${left}) ${pick(['and', 'or', 'unless'])} ${pick(['', 'on (job)', 'ignoring (code)', 'on ()'])} (${right})`;
    return `(${left}) ${pick(['+', '*', '/', '>', '< bool'])} ${pick(MATCHINGS)} (${right})`;
  };

  const call = (depth: number): string => {
    const inner = vector(depth - 1);
    return pick([
      `abs(${inner})`,
      `-(${inner})`,
      `clamp_max(${inner}, ${scalar()})`,
      `label_replace(${inner}, "job", "$1x", "job", "(.).*")`,
      `label_join(${inner}, "both", "-", "job", "instance")`,
      `absent(${inner})`,
      `vector(scalar(${inner}))`,
      `timestamp(${inner})`,
      `sort_desc(${inner})`,
      `histogram_quantile(0.8, ${inner})`,
    ]);
  };

  function vector(depth: number): string {
    if (depth <= 0) return pick(VECTORS);
    return pick([overRange, aggregation, aggregation, binary, call])(depth);
  }

  return Array.from({ length: count }, () => vector(1 + Math.floor(random() * 3)));
}

/** A 32-bit linear congruential generator; numbers in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
