import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

// One line a second for a minute: api every second, web every third; a level, a number and a size to unwrap.
const lines: readonly TestLine[] = Array.from({ length: 60 }, (_, i) => [
  {
    line: `level=${i % 4 === 0 ? 'error' : 'info'} ms=${i} took=${i}ms size=${i}KB`,
    at: i,
    attributes: { 'http.route': i % 2 === 0 ? '/a' : '/b' },
    severity: i % 4 === 0 ? ([17, 'ERROR'] as const) : ([9, 'INFO'] as const),
  },
  ...(i % 3 === 0 ? [{ line: '{"n":2}', at: i, service: 'web' }] : []),
]).flat();
let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(lines);
});
afterAll(() => logs.close());

const seconds = Number(testStartNs / 1_000_000_000n);
const name = (metric: Record<string, string>) =>
  Object.entries(metric)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');

async function instant(query: string, at = 59): Promise<Record<string, number>> {
  const answer = await logs.get('query', { query, time: String(testStartNs + BigInt(at) * 1_000_000_000n) });
  if (answer.status !== 200) throw new Error(answer.text);
  const { resultType, result } = answer.json().data;
  if (resultType === 'scalar') return { scalar: Number(result[1]) };
  return Object.fromEntries(
    result.map((one: { metric: Record<string, string>; value: [number, string] }) => [
      name(one.metric),
      Number(one.value[1]),
    ]),
  );
}

const api = '{service_name="api"}';
const all = '{service_name=~".+"}';
test.each<[string, Record<string, number>]>([
  [`sum(count_over_time(${api}[10s]))`, { '': 10 }],
  [`sum by (service_name) (count_over_time(${all}[30s]))`, { 'service_name=api': 30, 'service_name=web': 10 }],
  [`sum(rate(${api}[10s]))`, { '': 1 }],
  [`sum by (detected_level) (count_over_time(${api}[20s]))`, { 'detected_level=error': 5, 'detected_level=info': 15 }],
  [`sum by (http_route) (count_over_time(${api}[20s]))`, { 'http_route=/a': 10, 'http_route=/b': 10 }],
  [`sum(count_over_time(${api} |= "error" [20s]))`, { '': 5 }],
  [`sum(count_over_time(${api} | http_route="/a" [20s]))`, { '': 10 }],
  [`sum(count_over_time(${api}[10s] offset 55s))`, { '': 5 }],
  ['sum(bytes_over_time({service_name="web"}[6s]))', { '': 14 }],
  ['sum(bytes_rate({service_name="web"}[6s]))', { '': 14 / 6 }],
  ['sum(bytes_over_time({service_name="web"} | json [6s]))', { '': 14 }],
  ['sum by (n) (bytes_over_time({service_name="web"} | json [6s]))', { 'n=2': 14 }],
  [`sum by (level) (count_over_time(${api} | logfmt [20s]))`, { 'level=error': 5, 'level=info': 15 }],
  [`count_over_time(${api} | logfmt | keep level [20s])`, { 'level=error': 5, 'level=info': 15 }],
  ['count_over_time({service_name="web"}[30s])', { 'detected_level=unknown,service_name=web': 10 }],
  ['sum without (detected_level) (count_over_time({service_name="web"}[30s]))', { 'service_name=web': 10 }],
  [`sum(sum_over_time(${api} | logfmt | unwrap ms [3s]))`, { '': 57 + 58 + 59 }],
  [`avg_over_time(${api} | logfmt | unwrap ms [3s]) by (service_name)`, { 'service_name=api': 58 }],
  [`max_over_time(${api} | logfmt | unwrap duration(took) [3s]) by ()`, { '': 0.059 }],
  [`min_over_time(${api} | logfmt | unwrap bytes(size) [3s]) by ()`, { '': 57_000 }],
  [`quantile_over_time(0.5, ${api} | logfmt | unwrap ms [5s]) by ()`, { '': 57 }],
  [`stddev_over_time(${api} | logfmt | unwrap ms [3s]) by ()`, { '': Math.sqrt(2 / 3) }],
  [`first_over_time(${api} | logfmt | unwrap ms [3s]) by ()`, { '': 57 }],
  [`last_over_time(${api} | logfmt | unwrap ms [3s]) by ()`, { '': 59 }],
  [`sum(rate_counter(${api} | logfmt | keep ms | unwrap ms [10s]))`, { '': 1 }],
  [`sum_over_time(${api} | logfmt | keep ms | unwrap ms [3s] offset 57s)`, { '': 0 + 1 + 2 }],
  ['absent_over_time({service_name="gone"}[5m])', { 'service_name=gone': 1 }],
  ['absent_over_time({service_name="web"}[5m])', {}],
  [`topk(1, sum by (service_name) (count_over_time(${all}[30s])))`, { 'service_name=api': 30 }],
  [`bottomk(1, sum by (service_name) (count_over_time(${all}[30s])))`, { 'service_name=web': 10 }],
  [`avg(sum by (service_name) (count_over_time(${all}[30s])))`, { '': 20 }],
  [`count(sum by (service_name) (count_over_time(${all}[30s])))`, { '': 2 }],
  [`max(sum by (service_name) (count_over_time(${all}[30s])))`, { '': 30 }],
  [`min(sum by (service_name) (count_over_time(${all}[30s])))`, { '': 10 }],
  [`stddev(sum by (service_name) (count_over_time(${all}[30s])))`, { '': 10 }],
  [`sum(count_over_time(${api}[10s])) * 2 + 1`, { '': 21 }],
  [`sum(count_over_time(${api}[10s])) > 20`, {}],
  [`sum(count_over_time(${api}[10s])) > bool 20`, { '': 0 }],
  [
    `100 * sum by (service_name) (count_over_time(${api} |= "error" [20s])) / sum by (service_name) (count_over_time(${api}[20s]))`,
    { 'service_name=api': 25 },
  ],
  [`sum(count_over_time({service_name="gone"}[10s])) or vector(0)`, { '': 0 }],
  [
    `sum by (service_name) (count_over_time(${all}[30s])) and sum by (service_name) (count_over_time(${api}[30s]))`,
    { 'service_name=api': 30 },
  ],
  [
    `sum by (service_name) (count_over_time(${all}[30s])) unless sum by (service_name) (count_over_time(${api}[30s]))`,
    { 'service_name=web': 10 },
  ],
  [
    `sum by (service_name, http_route) (count_over_time(${api}[20s])) / on (service_name) group_left () sum by (service_name) (count_over_time(${api}[20s]))`,
    { 'http_route=/a,service_name=api': 0.5, 'http_route=/b,service_name=api': 0.5 },
  ],
  [
    `label_replace(sum by (service_name) (count_over_time(${api}[10s])), "short", "$1", "service_name", "(.).*")`,
    { 'service_name=api,short=a': 10 },
  ],
  ['2 * (3 + 4) ^ 2', { scalar: 98 }],
  ['1 + 2 * 3 - 4 / 2 ^ 2 ^ 0', { scalar: 5 }],
  ['10 - 3 - 2', { scalar: 5 }],
  ['1 + 1 == 2', { scalar: 1 }],
  ['sum(count_over_time({service_name="nobody"}[1m]))', {}],
])('%s', async (query, expected) => {
  const result = await instant(query);
  expect(Object.keys(result).sort()).toEqual(Object.keys(expected).sort());
  for (const [series, value] of Object.entries(expected)) expect(result[series]).toBeCloseTo(value, 9);
});

test.each(['', ' | logfmt | level!="none"'])(
  'windows are open at their start and closed at their end, pipeline %j',
  async (pipeline) => {
    const answer = await logs.get('query_range', {
      query: `sum(count_over_time(${api}${pipeline}[10s]))`,
      start: String(testStartNs),
      end: String(testStartNs + 75_000_000_000n),
      step: '5s',
    });
    const { resultType, result } = answer.json().data;
    expect(resultType).toBe('matrix');
    const expected = [1, 6, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 9, 4].map((count, i) => [
      seconds + 5 * i,
      String(count),
    ]);
    expect(result).toEqual([{ metric: {}, values: expected }]);
  },
);

test('a step longer than the range leaves the lines between uncounted', async () => {
  const answer = await logs.get('query_range', {
    query: `sum(count_over_time(${api}[2s]))`,
    start: String(testStartNs + 2_500_000_000n),
    end: String(testStartNs + 40_000_000_000n),
    step: '10',
  });
  const values = answer.json().data.result[0].values.map(([, value]: [number, string]) => value);
  expect(values).toEqual(['1', '2', '2', '2', '2']);
});

test.each<[string, string]>([
  [`sum by (a) (count_over_time({service_name="api"} | json [1m]))`, "pipeline error: 'JSONParserErr'"],
  [`sum(sum_over_time({service_name="api"} | logfmt | unwrap level [1m]))`, "pipeline error: 'SampleExtractionErr'"],
  ['{service_name="api"}', 'log queries are not supported as an instant query type'],
  [
    `sum by (service_name) (count_over_time(${all}[1m])) + on () sum by (service_name) (count_over_time(${all}[1m]))`,
    'many-to-many matching not allowed',
  ],
])('%s is refused: %s', async (query, message) => {
  const answer = await logs.get('query', { query, time: String(testStartNs + 59_000_000_000n) });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(message);
});

test('what LogQL has and the engine has not is refused by its name', async () => {
  const answer = await logs.get('query', { query: 'approx_topk(2, sum by (a) (count_over_time({a="b"}[1m])))' });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(
    'approx_topk is not supported by the embedded engine, and not enabled in the Loki of the docker backend: use topk',
  );
});

test('an error that is filtered out does not fail the query', async () => {
  expect(await instant(`sum(count_over_time(${api} | json | __error__!="JSONParserErr" [1m]))`)).toEqual({});
  expect(await instant(`sum(sum_over_time(${api} | logfmt | unwrap level | __error__="" [1m]))`)).toEqual({});
});
