import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, testStartNs } from './test-logs';

// What a real Loki answers to the same lines: where an error fails a metric query and where it is none.
const lines = ['uid=1 a=b', '{"a":1,"user":{"id":5}}', 'plain', 'a="x', '{"_entry":"x","q":"1"}'];
let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(lines.map((line, at) => ({ line, at })));
});
afterAll(() => logs.close());

const api = '{service_name="api"}';
const ask = (query: string) => logs.get('query', { query, time: String(testStartNs + 60_000_000_000n) });

test.each<[string, Record<string, number>]>([
  [`sum by (__error__) (count_over_time(${api} | json [2m]))`, { '{"__error__":"JSONParserErr"}': 3, '{}': 2 }],
  [`sum by (__error__) (count_over_time(${api} | json | __error__!="" [2m]))`, { '{"__error__":"JSONParserErr"}': 3 }],
  [
    `sum by (a, __error__) (count_over_time(${api} | json [2m]))`,
    { '{"__error__":"JSONParserErr"}': 3, '{"a":"1"}': 1, '{}': 1 },
  ],
  [
    `sum by (__error_details__) (count_over_time(${api} | json | __error__!="" [2m]))`,
    { '{"__error_details__":"Value looks like object, but can\'t find closing \'}\' symbol"}': 3 },
  ],
  [
    `sum by (__error_details__) (count_over_time(${api} | logfmt --strict | __error__!="" [2m]))`,
    {
      [JSON.stringify({ __error_details__: `logfmt syntax error at pos 2 : unexpected '"'` })]: 2,
      [JSON.stringify({ __error_details__: 'logfmt syntax error at pos 5 : unterminated quoted value' })]: 1,
    },
  ],
  [`sum(count_over_time(${api} | json [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | unpack | json [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | json | unpack [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | unpack [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | json | line_format "x" [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | line_format "{{ div 1 0 }}" [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | line_format "x" |= "x" [2m]))`, { '{}': 5 }],
  [`sum(count_over_time(${api} | json | __error__="" [2m]))`, { '{}': 2 }],
  [`absent_over_time(${api} | json [2m])`, {}],
  [`absent_over_time(${api} | unpack [2m])`, {}],
  [`absent_over_time(${api} | logfmt --strict [2m])`, {}],
])('%s is answered', async (query, expected) => {
  const answer = await ask(query);
  expect(answer.text).toContain('success');
  const result = answer.json().data.result as { metric: object; value: [number, string] }[];
  expect(Object.fromEntries(result.map(({ metric, value }) => [JSON.stringify(metric), Number(value[1])]))).toEqual(
    expected,
  );
});

test.each([
  `sum by (a) (count_over_time(${api} | json [2m]))`,
  `count_over_time(${api} | json [2m])`,
  `sum without (a) (count_over_time(${api} | json [2m]))`,
  `sum(count_over_time(${api} | json | label_format z="{{.a}}" [2m]))`,
  `sum by (x) (count_over_time(${api} | logfmt --strict [2m]))`,
])('%s is refused for its error', async (query) => {
  const answer = await ask(query);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('pipeline error');
});

test.each<[string, string]>([
  [`${api} | logfmt uid="user.id"`, 'cannot parse expression [user.id]: unexpected char .'],
  [`${api} | logfmt x=""`, 'cannot parse expression []'],
  [`${api} | json x=""`, 'cannot parse expression []'],
])('%s is refused: %s', async (query, message) => {
  const answer = await logs.get('query_range', { query });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(message);
});

test('the details of an error are those of Loki', async () => {
  const answer = await logs.get('query_range', {
    query: `${api} | json`,
    start: String(testStartNs),
    end: String(testStartNs + 60_000_000_000n),
  });
  const details = answer
    .json()
    .data.result.flatMap(({ stream }: { stream: Record<string, string> }) => stream.__error_details__ ?? []);
  expect(details).toEqual(["Value looks like object, but can't find closing '}' symbol"]);
});

test('a line of JSON that was cut keeps the labels before the cut', async () => {
  const cut = await openTestLogs([{ line: '{"a":1,"b":{"c":2},"d":"x' }]);
  const answer = await cut.get('query_range', {
    query: `${api} | json`,
    start: String(testStartNs),
    end: String(testStartNs + 60_000_000_000n),
  });
  expect(answer.json().data.result[0].stream).toMatchObject({
    a: '1',
    b_c: '2',
    __error__: 'JSONParserErr',
    __error_details__: "Value is array, but can't find closing ']' symbol",
  });
  await cut.close();
});
