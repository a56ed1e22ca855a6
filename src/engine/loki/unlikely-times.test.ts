import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestLogs, testStartNs } from './test-logs';

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeEach(async () => {
  logs = await openTestLogs();
});
afterEach(() => logs.close());

const milliseconds = String(testStartNs / 1_000_000n);

async function shown(timeUnixNano: string, observedTimeUnixNano: string) {
  const record = { timeUnixNano, observedTimeUnixNano, body: { stringValue: 'x' } };
  await logs.store.ingestJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
  const range = { start: String(testStartNs - 10n ** 12n), end: String(testStartNs + 10n ** 12n) };
  const { data } = (await logs.get('query_range', { query: '{service_name=~".+"}', ...range })).json();
  const [{ stream, values }] = data.result;
  return { time: values[0][0] as string, sent: stream.watchtower_sent_time_unix_nano as string | undefined };
}

test.each([
  ['in milliseconds', milliseconds],
  ['in seconds', String(testStartNs / 1_000_000_000n)],
  ['of 1970', '1000'],
  ['of the year 2262', '9223372036854775807'],
  ['beyond it', '18446744073709551615'],
])('a line with a time %s is found when it was observed, and says what it came with', async (_, sent) => {
  expect(await shown(sent, String(testStartNs + 5n))).toEqual({ time: String(testStartNs + 5n), sent });
});

test('where the observed time cannot be right either, it is found when it arrived', async () => {
  const { time, sent } = await shown('1000', milliseconds);
  expect(BigInt(time)).toBeGreaterThanOrEqual(testStartNs);
  expect(sent).toBe('1000');
});

test('a line that is late keeps its time', async () => {
  expect(await shown(String(testStartNs - 10n ** 11n), '0')).toEqual({
    time: String(testStartNs - 10n ** 11n),
    sent: undefined,
  });
});
