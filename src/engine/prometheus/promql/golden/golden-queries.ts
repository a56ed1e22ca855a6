const RANGES = ['20s', '1m', '5m', '17m'];
const OPERANDS = [
  'http_requests_total',
  'temperature_celsius',
  'memory_bytes',
  'odd',
  'queue_length',
  'gappy_total',
  'rare',
];
const COUNTERS = [
  'http_requests_total',
  'late_total',
  'gappy_total',
  'negative_total',
  'odd{kind!="huge"}',
  'minutely',
  'rare',
];

/** Valid queries over the golden series: functions × operators × data. */
export function buildGoldenQueries(): string[] {
  return [
    ...selectors(),
    ...rangeFunctions(),
    ...pointFunctions(),
    ...aggregations(),
    ...binaryOperations(),
    ...subqueries(),
    ...others(),
  ];
}

function selectors(): string[] {
  return [
    ...OPERANDS,
    'http_requests_total{job="api"}',
    'http_requests_total{job!="api",method=~"G.*"}',
    'http_requests_total{instance!~"api-.|web-1"}',
    '{__name__=~"up|build_info"}',
    '{job="api",method="POST"}',
    'memory_bytes{zone=""}',
    'memory_bytes{zone!=""}',
    'nothing',
    'odd{kind=~"stale.*|flapping|once"}',
    ...['30s', '5m', '1h', '-1m'].map((offset) => `temperature_celsius offset ${offset}`),
    'temperature_celsius @ 1700003600',
    'temperature_celsius @ 1700003600.5 offset 3m',
    'temperature_celsius @ start()',
    'temperature_celsius @ end() offset 2m',
    'temperature_celsius offset 90s @ end()',
    'odd @ 1700003600',
  ];
}

function rangeFunctions(): string[] {
  const overTime = ['avg', 'sum', 'min', 'max', 'count', 'last', 'present', 'stddev', 'stdvar'].map(
    (name) => `${name}_over_time`,
  );
  const queries = ['rate', 'increase', 'delta', 'irate', 'idelta'].flatMap((name) =>
    COUNTERS.flatMap((operand) => RANGES.slice(1).map((range) => `${name}(${operand}[${range}])`)),
  );
  for (const name of [...overTime, 'changes', 'resets', 'deriv']) {
    // Prometheus 2.42 answers NaN where a variance overflows, version 3 infinity.
    for (const operand of ['temperature_celsius', 'odd{kind!="huge"}', 'queue_length', 'rare']) {
      queries.push(`${name}(${operand}[${operand.startsWith('odd') ? '1m' : '6m'}])`);
    }
  }
  for (const phi of ['0', '0.3', '0.5', '0.99', '1', '-1', '2', 'NaN']) {
    queries.push(`quantile_over_time(${phi}, temperature_celsius[5m])`);
  }
  return [
    ...queries,
    'quantile_over_time(0.5, odd[2m])',
    'quantile_over_time(scalar(odd{kind="tiny"}), queue_length[2m])',
    'predict_linear(temperature_celsius[10m], 3600)',
    'predict_linear(rare[30m], -600)',
    'predict_linear(temperature_celsius[10m] offset 5m, 60)',
    'rate(http_requests_total[5m] offset 10m)',
    'rate(http_requests_total[5m] @ 1700003600)',
    'increase(http_requests_total[30m] @ end())',
    'rate(http_requests_total[5m] offset -2m)',
    'absent_over_time(odd{kind="once"}[3m])',
    'absent_over_time(nothing{a="1",b=~"x",c="2",c!="3"}[3m])',
    'absent_over_time(odd{kind="flapping"}[1m])',
    'absent_over_time(gappy_total[2m])',
  ];
}

function pointFunctions(): string[] {
  const plain =
    'abs ceil floor exp sqrt ln log2 log10 sgn deg rad sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh'.split(
      ' ',
    );
  const dates = 'minute hour day_of_week day_of_month day_of_year days_in_month month year'.split(' ');
  return [
    ...plain.flatMap((name) => [
      `${name}(temperature_celsius / 10)`,
      `${name}(odd{kind=~"mixed|zero|inf|neg-inf|nan|tiny"})`,
    ]),
    ...dates.flatMap((name) => [`${name}()`, `${name}(vector(time()) * 1.37)`, `${name}(memory_bytes)`]),
    'day_of_year(vector(1709210000))',
    'days_in_month(vector(1709210000))',
    'round(temperature_celsius)',
    'round(temperature_celsius, 0.25)',
    'round(odd, 5)',
    'round(temperature_celsius, -2)',
    'clamp(temperature_celsius, -5, 18)',
    'clamp(temperature_celsius, 18, -5)',
    'clamp(odd, 0, 1e9)',
    'clamp_min(odd, 3)',
    'clamp_max(odd, 3)',
    'clamp_max(odd, NaN)',
    'timestamp(temperature_celsius)',
    'timestamp(temperature_celsius offset 7m)',
    'timestamp((temperature_celsius))',
    'timestamp(temperature_celsius + 0)',
    'timestamp(rate(http_requests_total[5m]))',
    'timestamp(timestamp(temperature_celsius))',
    'sort(temperature_celsius)',
    'sort_desc(temperature_celsius)',
    'sort(odd{kind=~"nan|inf|neg-inf|zero|tiny"})',
    'sort_desc(odd{kind=~"nan|inf|neg-inf|zero|tiny"})',
  ];
}

function aggregations(): string[] {
  const simple = ['sum', 'avg', 'min', 'max', 'count', 'stddev', 'stdvar', 'group'];
  const operands = ['http_requests_total', 'temperature_celsius', 'odd{kind!="huge"}'];
  return [
    ...simple.flatMap((name) => operands.map((operand) => `${name}(${operand})`)),
    ...simple.flatMap((name) => [
      `${name} by (job) (http_requests_total)`,
      `${name} by (job, missing, method) (http_requests_total)`,
      `${name} without (instance, code) (http_requests_total)`,
      `${name} by (__name__) ({__name__=~"up|build_info|memory_bytes"})`,
      `${name}(rate(http_requests_total[5m])) by (code)`,
    ]),
    ...['0', '0.4', '0.5', '0.95', '1', '-0.5', '1.5'].map((phi) => `quantile(${phi}, http_requests_total)`),
    'quantile by (job) (0.7, http_requests_total)',
    'quantile(0.5, odd)',
    'quantile(scalar(temperature_celsius{room="attic"}) / 100, http_requests_total)',
    ...['0', '1', '3', '100', '2.9', '-1'].flatMap((k) => [
      `topk(${k}, http_requests_total)`,
      `bottomk(${k}, http_requests_total)`,
    ]),
    'topk by (job) (1, http_requests_total)',
    'bottomk without (instance, method, code) (2, http_requests_total)',
    'topk(4, odd{kind=~"nan|inf|neg-inf|zero|tiny"})',
    'bottomk(4, odd{kind=~"nan|inf|neg-inf|zero|tiny"})',
    'topk(2, temperature_celsius) + 1',
    'count_values("value", queue_length)',
    'count_values by (queue) ("value", queue_length)',
    'count_values without (queue) ("queue", queue_length)',
    'count_values("value", odd{kind=~"mixed|tiny|huge|inf|nan"})',
    'sum(nothing)',
    'count(nothing) or vector(0)',
    'sum(sum by (job, code) (http_requests_total))',
    'avg without () (up)',
    'sum(-odd{kind=~"mixed|zero"})',
  ];
}

function binaryOperations(): string[] {
  const arithmetic = ['+', '-', '*', '/', '%', '^'];
  const comparisons = ['==', '!=', '<', '<=', '>', '>='];
  return [
    ...arithmetic.flatMap((operator) => [
      `7.5 ${operator} -2`,
      `temperature_celsius ${operator} 3`,
      `3 ${operator} temperature_celsius`,
      `odd ${operator} 2`,
      `odd{kind="mixed"} ${operator} ignoring(kind) odd{kind="stale-between"}`,
      `memory_bytes ${operator} on (instance, job) up`,
    ]),
    ...comparisons.flatMap((operator) => [
      `7.5 ${operator} bool -2`,
      `temperature_celsius ${operator} 4`,
      `4 ${operator} temperature_celsius`,
      `queue_length ${operator} bool 12`,
      `odd ${operator} 0`,
      `odd ${operator} bool NaN`,
      `memory_bytes ${operator} on (instance, job) memory_bytes offset 5m`,
      `memory_bytes ${operator} bool on (instance, job) (memory_bytes offset 5m)`,
      `memory_bytes ${operator} ignoring (zone) (memory_bytes offset 1m)`,
    ]),
    // Prometheus 2.42 keeps the metric's name after atan2 alone.
    '(temperature_celsius atan2 3) + 0',
    '(3 atan2 odd) + 0',
    '(memory_bytes atan2 on (instance, job) up) + 0',
    '7.5 atan2 -2',
    'NaN ^ 0',
    '1 ^ NaN',
    '-1 ^ Inf',
    '(-1) ^ Inf',
    '0 / 0',
    '1 / 0',
    '-1 / 0',
    '-7 % 3',
    '-2 ^ 2',
    '2 ^ 3 ^ 2',
    '2 ^ -1 ^ 2',
    '1 + 2 * 3 - 4 / 5 % 6',
    '0x1F + 1e3 + .5 + Inf',
    'memory_bytes / ignoring(zone) memory_bytes',
    'build_info * on (instance) memory_bytes',
    'memory_bytes * on (instance) build_info',
    'memory_bytes * on (instance) group_left (version) build_info',
    'build_info * on (instance) group_right (version) memory_bytes',
    'http_requests_total * on (instance) group_left (version) build_info',
    'http_requests_total > on (instance) group_left (version) (build_info * 100)',
    'http_requests_total / ignoring (method, code) group_left sum by (job, instance) (http_requests_total)',
    'sum by (job) (http_requests_total) / on (job) group_right sum by (job, method) (http_requests_total)',
    'http_requests_total * on (instance) group_left (code, missing) build_info',
    'sum by (code) (http_requests_total) / ignoring (code) group_left sum(http_requests_total)',
    'up and memory_bytes',
    'up and on (instance) memory_bytes',
    'up and ignoring (zone) memory_bytes',
    'up unless on (instance) memory_bytes',
    'up or memory_bytes',
    'up or on (instance) memory_bytes',
    'up or on () memory_bytes',
    'up and on () nothing',
    'up unless on () nothing',
    'nothing or up',
    'odd > 5 and odd < 100',
    'odd{kind="flapping"} or odd{kind="stale-end"}',
    'odd{kind="flapping"} or ignoring(kind) odd{kind="stale-end"}',
    'up == 1 or up == 0 unless on (instance) memory_bytes',
    'up and up or memory_bytes unless up',
    '-temperature_celsius',
    '+temperature_celsius',
    '--temperature_celsius ^ 2',
    '-odd * 2',
    '(temperature_celsius > 0) * 2 > 10',
    'vector(3) + vector(4)',
    'vector(1) == bool on () vector(1)',
    'temperature_celsius + temperature_celsius offset 5m * 2',
    'temperature_celsius - temperature_celsius @ end()',
    'temperature_celsius * scalar(memory_bytes{instance="api-1"})',
    'temperature_celsius * time()',
    'nothing + nothing',
    'up + nothing',
    '2 > bool up',
  ];
}

function subqueries(): string[] {
  return [
    'max_over_time(temperature_celsius[10m:1m])',
    'avg_over_time(temperature_celsius[10m:])',
    'min_over_time(rate(http_requests_total[2m])[10m:30s])',
    'sum_over_time(sum by (job) (rate(http_requests_total[2m]))[10m:45s] offset 3m)',
    'rate(sum by (job) (http_requests_total)[10m:1m])',
    'max_over_time(max_over_time(temperature_celsius[5m:1m])[10m:2m])',
    'count_over_time(odd[5m:7s])',
    'last_over_time(odd[5m:17s])',
    'max_over_time(temperature_celsius[10m:1m] @ 1700003600)',
    'max_over_time(temperature_celsius[10m:1m] @ end() offset 1m)',
    'avg_over_time(vector(time())[5m:1m])',
    'deriv(memory_bytes[20m:1m])',
    'absent_over_time(odd{kind="flapping"}[2m:10s])',
    'quantile_over_time(0.9, (temperature_celsius > 5)[10m:20s])',
    'sum_over_time((up == 0)[15m:15s])',
    'max_over_time((temperature_celsius offset 1m)[5m:30s])',
    'changes((queue_length > bool 2)[10m:15s])',
    'increase(late_total[30m:1m])',
    'avg_over_time(timestamp(temperature_celsius)[5m:13s])',
    'max_over_time(topk(1, temperature_celsius)[5m:1m])',
  ];
}

function others(): string[] {
  const histogram = 'sum by (job, le) (rate(latency_seconds_bucket[5m]))';
  return [
    ...['0', '0.5', '0.9', '0.99', '1', '-1', '2', 'NaN'].flatMap((phi) => [
      `histogram_quantile(${phi}, ${histogram})`,
      `histogram_quantile(${phi}, broken_bucket)`,
    ]),
    'histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[5m])))',
    'histogram_quantile(scalar(odd{kind="tiny"}) * 1000, latency_seconds_bucket)',
    'histogram_quantile(0.9, up)',
    'rate(latency_seconds_sum[5m]) / rate(latency_seconds_count[5m])',
    'label_replace(up, "host", "$1", "instance", "(.*)-.*")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of label_replace
    'label_replace(up, "host", "$2-${1}-$$", "instance", "(.*)-(.*)")',
    'label_replace(up, "host", "x", "instance", "ap")',
    'label_replace(up, "job", "", "instance", ".*")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of label_replace
    'label_replace(up, "job", "${name}", "instance", "(?P<name>[a-z]+).*")',
    'label_replace(up, "new", "none", "missing", "")',
    'label_replace(rate(http_requests_total[5m]), "__name__", "renamed", "", "")',
    'label_join(up, "both", "/", "job", "instance", "missing")',
    'label_join(up, "both", ",")',
    'label_join(up, "instance", "", "missing")',
    'absent(nothing)',
    'absent(nothing{a="1",b=~"x",c="2",c!="3"})',
    'absent(up)',
    'absent(odd{kind="once"})',
    'absent(sum(nothing{a="1"}))',
    'absent(odd{kind="flapping"} > 50)',
    'scalar(temperature_celsius)',
    'scalar(temperature_celsius{room="attic"})',
    'scalar(odd{kind="flapping"})',
    'vector(time())',
    'time()',
    'time() - 1700000000',
    'pi()',
    '42',
    '-Inf',
    '1e30',
    '1.5e-9',
    'vector(1e21)',
    'vector(123456789012345680000)',
    'vector(-0)',
    'odd{kind=~"huge|tiny"}',
  ];
}
