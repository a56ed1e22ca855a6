import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Pace } from '../pace/pace';
import { PointBudget } from './metrics/point-budget';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

const count = 3000;
let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(
    Array.from(
      { length: count },
      (_, i): TestLine => ({
        line: JSON.stringify({ i, text: 'x'.repeat(400), nested: { a: i % 7, b: 'y' } }),
        at: i / 100,
      }),
    ),
  );
});
afterAll(() => logs.close());

const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n), limit: '5000' };
const api = '{service_name="api"}';

test.each([
  ['query_range', `${api} | json | line_format "{{ repeat 500 .text | len }} {{ .nested_a }}"`],
  ['query_range', `${api} | regexp "(?P<all>.*)" | line_format "{{ regexReplaceAll \\"x+\\" .all \\"z\\" }}"`],
  ['query_range', `sum by (nested_a) (count_over_time(${api} | json [10s]))`],
  ['query_range', `quantile_over_time(0.9, ${api} | json | unwrap i [1m]) by (nested_a)`],
  ['detected_fields', api],
])('%s of %s asks at every line whether others wait', async (path, query) => {
  const asked = vi.spyOn(Pace.prototype, 'isDue');
  const answer = await logs.get(path, { ...range, query, step: '1', line_limit: String(count) });
  expect(answer.status).toBe(200);
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(2 * count);
  asked.mockRestore();
});

test('points are counted before they are made', async () => {
  const budget = new PointBudget();
  budget.hold(10_000_000);
  expect(() => budget.hold(1)).toThrow('more than 10000000 points');
  const many = await openTestLogs(Array.from({ length: 1200 }, (_, i): TestLine => ({ line: `id=${i}`, at: i / 100 })));
  const answer = await many.get('query_range', {
    query: `count_over_time(${api} | logfmt [1h])`,
    start: String(testStartNs),
    end: String(testStartNs + 10_000_000_000_000n),
    step: '1',
  });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('points (series times steps)');
  await many.close();
});

test('the lines of an answer are bounded together', async () => {
  const answer = await logs.get('query_range', {
    ...range,
    query: `${api} | line_format "{{ repeat 100000 \\"x\\" }}"`,
  });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('longer than 128 MiB together');
});

test('JSON nested deeper than can be walked is an error of its line', async () => {
  const deep = await openTestLogs([{ line: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` }]);
  const answer = await deep.get('query_range', { ...range, query: `${api} | json` });
  expect(answer.json().data.result[0].stream).toMatchObject({
    __error__: 'JSONParserErr',
    __error_details__: 'nested deeper than 64 objects',
  });
  await deep.close();
});

test('a word at the end of a line of a MiB is found, and the line is whole', async () => {
  const text = `${'long '.repeat(209_000)}needle`;
  const long = await openTestLogs([{ line: text }, { line: 'short' }]);
  const answer = await long.get('query_range', {
    ...range,
    query: `${api} |= "needle" | line_format "{{ __line__ | len }}"`,
  });
  const [, line] = answer.json().data.result[0].values[0];
  expect(Number(line)).toBe(text.length);
  await long.close();
});
