import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, testStartNs } from './test-logs';

// What a real Loki answers to the same lines: its parser stops at the last label that the query needs.
const lines = [
  '{"a":"1","b":"2"}',
  '{"a":"1","b":[1,2',
  '{"a":"1","b":{"c":1',
  '{"a":"1","b":"x',
  '{"a":1,"b":',
  '{"a":"2","b":[1',
  '{"b":"2","a":"1"',
  '{"b":[1,2,"a":"1"}',
  'not json',
  '{"a":"1",}',
];
let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(lines.map((line, index) => ({ line, attributes: { index } })));
});
afterAll(() => logs.close());

const api = '{service_name="api"}';
const ask = (query: string) => logs.get('query', { query, time: String(testStartNs + 60_000_000_000n) });

test.each<[string, number]>([
  [`sum(count_over_time(${api} | json | a="1" [2m]))`, 7],
  [`sum by (a) (count_over_time(${api} | json | a="1" [2m]))`, 7],
  [`sum(count_over_time(${api} | json | a="1" | b="2" [2m]))`, 2],
  [`sum(count_over_time(${api} | json | json | a="1" [2m]))`, 7],
  [`sum(rate(${api} | json | a="1" [2m])) * 120`, 7],
  [`sum by (a) (sum_over_time(${api} | json | a="1" | unwrap a [2m]))`, 7],
  [`sum(count_over_time(${api} | json | a="1" | __error__="" [2m]))`, 2],
])('%s does not mind what is broken behind the labels it reads', async (query, expected) => {
  const answer = await ask(query);
  expect(answer.text).toContain('success');
  expect(answer.json().data.result.map(({ value }: { value: [number, string] }) => Number(value[1]))).toEqual([
    expected,
  ]);
});

test.each([
  `count_over_time(${api} | json | a="1" [2m])`,
  `sum without (b) (count_over_time(${api} | json | a="1" [2m]))`,
  `sum by (index) (count_over_time(${api} | json | a="1" [2m]))`,
  `sum(count_over_time(${api} | index=~".+" | json | a="1" [2m]))`,
  `sum by (b) (count_over_time(${api} | json | a="1" [2m]))`,
  `sum(count_over_time(${api} | json | a!="1" [2m]))`,
])('%s is refused for the broken lines that it has to read to their end', async (query) => {
  const answer = await ask(query);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('pipeline error');
});
