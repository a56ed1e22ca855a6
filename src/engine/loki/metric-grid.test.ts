import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, testStartNs } from './test-logs';

const startMs = Number(testStartNs / 1_000_000n);
let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(Array.from({ length: 60 }, (_, at) => ({ line: `line ${at}`, at })));
});
afterAll(() => logs.close());

/** The times of the answer, in milliseconds after the first line. */
async function times(parameters: Record<string, string>): Promise<number[]> {
  const answer = await logs.get('query_range', { query: 'vector(1)', ...parameters });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json().data.result[0].values.map(([time]: [number, string]) => Math.round(time * 1000) - startMs);
}
const at = (ms: number) => String(testStartNs + BigInt(ms) * 1_000_000n);

test.each<[string, string, number, number, number[]]>([
  ['an aligned range', '10', 0, 30_000, [0, 10_000, 20_000, 30_000]],
  ['a free start and end', '10', 2500, 21_000, [0, 10_000, 20_000, 30_000]],
  ['one point between two steps', '10', 2500, 2500, [0, 10_000]],
  ['one point on a step', '10', 10_000, 10_000, [10_000]],
  ['a step below a second', '250ms', 1100, 1600, [1000, 1250, 1500, 1750]],
  ['a part of a millisecond in the step', '0.2509', 1000, 1300, [1000, 1250, 1500]],
])('%s: steps of %s from %d to %d are multiples of the step', async (_, step, from, to, expected) => {
  expect(await times({ step, start: at(from), end: at(to) })).toEqual(expected);
});

test('an odd step counts from 1970, not from the start', async () => {
  const found = await times({ step: '7', start: at(3000), end: at(20_000) });
  for (const time of found) expect((time + startMs) % 7000).toBe(0);
  expect(found[0]).toBeLessThanOrEqual(3000);
  expect(found.at(-1)).toBeGreaterThanOrEqual(20_000);
});

test('windows are those of the aligned points', async () => {
  const parameters = {
    query: 'sum(count_over_time({service_name="api"}[2s]))',
    start: at(12_345),
    end: at(23_456),
    step: '5',
  };
  const answer = await logs.get('query_range', parameters);
  const seconds = startMs / 1000;
  expect(answer.json().data.result[0].values).toEqual([10, 15, 20, 25].map((second) => [seconds + second, '2']));
});

test('since and an absent step give the grid of a 250th of the range', async () => {
  const found = await times({ since: '10m' });
  expect(found[1]! - found[0]!).toBe(2000);
  expect(found.at(-1)).toBe(600_000);
});

test.each<[Record<string, string>, string]>([
  [{ step: '0.0001' }, "'step' must be at least 1ms"],
  [{ step: '-1' }, 'zero or negative query resolution'],
  [{ step: 'ten' }, "could not parse 'step' parameter"],
  [{ since: '1.005' }, "could not parse 'since' parameter: not a valid duration string"],
  [{ since: '1.5h' }, "could not parse 'since' parameter: not a valid duration string"],
  [{ since: '-1h' }, "could not parse 'since' parameter"],
  [{ interval: '-1' }, 'interval must be >= 0'],
])('%j is refused: %s', async (parameters, message) => {
  const answer = await logs.get('query_range', {
    query: 'interval' in parameters ? '{service_name="api"}' : 'vector(1)',
    ...(!('since' in parameters) && { start: at(0), end: at(1) }),
    ...parameters,
  });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(message);
});

test('an interval answers lines that far apart', async () => {
  const range = { query: '{service_name="api"}', start: at(0), end: at(60_000), interval: '20s' };
  const lines = async (direction: string) =>
    (await logs.get('query_range', { ...range, direction }))
      .json()
      .data.result[0].values.map(([, line]: [string, string]) => line);
  expect(await lines('forward')).toEqual(['line 0', 'line 20', 'line 40']);
  expect(await lines('backward')).toEqual(['line 59', 'line 39', 'line 19']);
});
