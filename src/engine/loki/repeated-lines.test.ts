import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

// Five lines, of which the second, fifth and sixth repeat an earlier one in all that is known of it.
const first: readonly TestLine[] = [
  { line: 'twice', at: 1 },
  { line: 'twice', at: 1 },
  { line: 'twice', at: 1, attributes: { attempt: 2 } },
  { line: 'twice', at: 1, service: 'web' },
  { line: 'twice', at: 1, attributes: { attempt: 2 } },
];
const later: readonly TestLine[] = [
  { line: 'twice', at: 1, service: 'web' },
  { line: 'twice', at: 2 },
  { line: 'once', at: 1 },
];
const kept = ['api once', 'api twice', 'api twice', 'api twice', 'web twice'];
const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n) };
const time = { time: String(testStartNs + 10_000_000_000n) };
const all = '{service_name=~".+"}';

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeEach(async () => {
  logs = await openTestLogs(first);
});
afterEach(() => logs.close());

async function count(query: string): Promise<number> {
  const answer = await logs.get('query', { query, ...time });
  return Number(answer.json().data.result[0].value[1]);
}

async function lines(parameters: Record<string, string>): Promise<string[]> {
  const answer = await logs.get('query_range', { query: all, ...range, ...parameters });
  const streams = answer.json().data.result as { stream: Record<string, string>; values: [string, string][] }[];
  return streams.flatMap(({ stream, values }) => values.map(([, line]) => `${stream.service_name} ${line}`)).sort();
}

test.each(['forward', 'backward'])('a line that was sent twice is shown once, %s', async (direction) => {
  await logs.add(later);
  expect(await lines({ direction })).toEqual(kept);
});

test.each<[string, number]>([
  [`sum(count_over_time(${all}[1m]))`, 5],
  [`sum(count_over_time(${all} |= "twice"[1m]))`, 4],
  [`sum(count_over_time(${all} | attempt="2"[1m]))`, 1],
  [`sum(count_over_time(${all} | line_format "x"[1m]))`, 5],
  [`sum(count_over_time(${all} | logfmt | twice="" [1m]))`, 5],
  [`sum(bytes_over_time(${all}[1m]))`, 24],
  [`60 * sum(rate(${all}[1m]))`, 5],
])('%s counts it once, also when it comes in a later request', async (query, expected) => {
  await count(query);
  await logs.add(later);
  expect(await count(query)).toBe(expected);
});

test('volume and statistics count it once', async () => {
  await logs.add(later);
  const volume = await logs.get('index/volume', { query: all, ...range });
  const bytes = volume.json().data.result.map(({ value }: { value: [number, string] }) => Number(value[1]));
  // 24 bytes of lines; the rest is their metadata.
  expect(bytes.reduce((sum: number, one: number) => sum + one)).toBe(108);
  const stats = await logs.get('index/stats', { query: all, ...range });
  expect(stats.json()).toMatchObject({ entries: 5, bytes: 108 });
});

test('a tail shows it once, also when it was there before the tail began', async () => {
  const shown: string[] = [];
  const socket = { OPEN: 1, readyState: 1, bufferedAmount: 0, on: () => {}, close: () => {} };
  const send = (text: string) => {
    for (const { values } of JSON.parse(text).streams) for (const [, line] of values) shown.push(line);
  };
  const query = new URLSearchParams({ query: all });
  logs.sockets['/loki/api/v1/tail']!(
    { ...socket, send } as unknown as WebSocket,
    new URL(`http://localhost/loki/api/v1/tail?${query}`),
  );
  await vi.waitFor(() => expect(shown).toHaveLength(3));
  await logs.add([{ line: 'twice', at: 1 }, ...later, ...later]);
  await vi.waitFor(() => expect(shown).toHaveLength(5));
});

test('lines of one time that differ in severity, trace or scope are all kept', async () => {
  const other = await openTestLogs([
    { line: 'same', at: 1 },
    { line: 'same', at: 1, severity: [9, 'INFO'] },
    { line: 'same', at: 1, severity: [9, 'info'] },
    { line: 'same', at: 1, traceId: '0123456789abcdef0123456789abcdef' },
    { line: 'same', at: 1, spanId: '0123456789abcdef' },
    { line: 'same', at: 1, scope: 'lib' },
    { line: 'same', at: 1, resource: { 'host.name': 'box' } },
    { line: 'same', at: 1 },
  ]);
  const answer = await other.get('query', { query: `sum(count_over_time(${all}[1m]))`, ...time });
  expect(answer.json().data.result[0].value[1]).toBe('7');
  await other.close();
});

test('lines without any time are kept however alike, in one request and in the next', async () => {
  const other = await openTestLogs([
    { line: 'same', at: null },
    { line: 'same', at: null },
  ]);
  await other.add([
    { line: 'same', at: null },
    { line: 'same', at: null },
    { line: 'other', at: null },
  ]);
  const end = String(testStartNs + 700_000_000_000n);
  const answer = await other.get('query', { query: `sum(count_over_time(${all}[1h]))`, time: end });
  expect(answer.json().data.result[0].value[1]).toBe('5');
  const shown = await other.get('query_range', { query: all, since: '1h', end });
  expect(shown.json().data.result[0].values).toHaveLength(5);
  await other.close();
});

test('the observed time is told beside a time of its own, also an equal one', async () => {
  const other = await openTestLogs([
    { line: 'equal', at: 1, observed: 1 },
    { line: 'later', at: 1, observed: 2 },
    { line: 'observed alone', at: null, observed: 3 },
    { line: 'without', at: 4 },
  ]);
  const answer = await other.get('query_range', { query: all, ...range, direction: 'forward' });
  const streams = answer.json().data.result as { stream: Record<string, string>; values: [string, string][] }[];
  const observed = streams.flatMap(({ stream, values }) => values.map(([, line]) => [line, stream.observed_timestamp]));
  expect(Object.fromEntries(observed)).toEqual({
    equal: String(testStartNs + 1_000_000_000n),
    later: String(testStartNs + 2_000_000_000n),
    'observed alone': undefined,
    without: undefined,
  });
  const counted = await other.get('query', {
    query: `sum by (observed_timestamp) (count_over_time(${all}[1m]))`,
    ...time,
  });
  expect(counted.json().data.result).toHaveLength(3);
  await other.close();
});
