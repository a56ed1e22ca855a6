import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

const short = '00000000000000000abc000000000007';
const lines: readonly TestLine[] = [
  { line: 'of the trace', at: 1, traceId: short },
  { line: 'of another', at: 2, traceId: `1${short.slice(1)}` },
  { line: '{"trace_id":"abc000000000007"}', at: 3 },
  { line: 'of none', at: 4 },
];
const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n) };

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(lines);
});
afterAll(() => logs.close());

async function found(filter: string): Promise<string[]> {
  const answer = await logs.get('query_range', { query: `{service_name=~".+"} ${filter}`, ...range });
  const streams = answer.json().data.result as { values: [string, string][] }[];
  return streams.flatMap(({ values }) => values.map(([, line]) => line)).sort();
}

// Tempo's search shows ids without their leading zeros; a link made of one leads to its lines.
test.each<[string, string[]]>([
  ['| trace_id="abc000000000007"', ['of the trace']],
  ['| trace_id="0abc000000000007"', ['of the trace']],
  [`| trace_id="${short}"`, ['of the trace']],
  ['| trace_id="abc00000000000"', []],
  ['| trace_id!="abc000000000007"', ['of another', 'of none', '{"trace_id":"abc000000000007"}']],
  ['| json | trace_id="abc000000000007"', ['of the trace', '{"trace_id":"abc000000000007"}']],
  ['| line_format "x" | trace_id="abc000000000007"', ['x']],
  ['| trace_id=~"abc.*"', []],
  ['| trace_id=""', ['of none', '{"trace_id":"abc000000000007"}']],
])('%s', async (filter, expected) => {
  expect(await found(filter)).toEqual(expected);
});
