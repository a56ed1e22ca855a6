import { expect, test } from 'vitest';
import { openTestLogs, type TestLine, testStartNs } from '../test-logs';

const range = { start: String(testStartNs), end: String(testStartNs + 3_600_000_000_000n) };

async function measure(lines: readonly TestLine[]): Promise<{ entries: number; bytes: number }> {
  const logs = await openTestLogs(lines);
  try {
    return (await logs.get('index/stats', { ...range, query: '{service_name="api"}' })).json();
  } finally {
    await logs.close();
  }
}

const level = 8 + 'detected_level'.length;

test.each<[string, TestLine, number]>([
  ['a line', { line: 'four' }, 4 + level],
  ['a line of two bytes a character', { line: 'éé' }, 4 + level],
  ['an attribute', { line: '', attributes: { user: 'ann' } }, level + 8 + 7],
  [
    'a resource attribute that is no label of the stream',
    { line: '', resource: { 'host.name': 'box' } },
    level + 8 + 12,
  ],
  ['the scope', { line: '', scope: 'lib' }, level + 8 + 'scope_name'.length + 3],
  ['a trace id', { line: '', traceId: '1'.repeat(32) }, level + 8 + 'trace_id'.length + 32],
  ['a span id', { line: '', spanId: '1'.repeat(16) }, level + 8 + 'span_id'.length + 16],
  ['an observed time', { line: '', observed: 5 }, level + 8 + 'observed_timestamp'.length + 19],
  ['a severity', { line: '', severity: [9, ''] }, level + 8 + 'severity_number'.length],
])('the bytes of %s are counted with its metadata', async (_, line, bytes) => {
  expect(await measure([line])).toMatchObject({ entries: 1, bytes });
});

test('a text of the metadata that many lines share is counted once', async () => {
  const lines = Array.from({ length: 10 }, (_, at) => ({
    line: 'x',
    at,
    attributes: { user: 'ann', request: `r${at}` },
  }));
  const texts = 'detected_level'.length + 'user'.length + 'ann'.length + 'request'.length + 10 * 2;
  expect(await measure(lines)).toMatchObject({ entries: 10, bytes: 10 + 10 * 3 * 8 + texts });
});
