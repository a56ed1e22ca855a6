import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOG_LEVELS } from '../../shared/log-level';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

const words = [
  'SEVERE',
  'FINE',
  'E',
  'warn',
  'Warning',
  'critical',
  'CRIT',
  'notice',
  '30',
  '60',
  '3',
  'high',
  'odd',
  'SEVERITY_NUMBER_WARN2',
  '[ERRO]:',
  'LOG_ERR',
  'LogLevel.Information',
  '',
];
const severities = [0, 0, 1, 5, 9, 10, 13, 17, 21, 24];
let seed = 7;
function pick<Value>(values: readonly Value[]): Value {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return values[Math.floor((seed / 2 ** 31) * values.length)]!;
}
const texts: readonly ((word: string) => string)[] = [
  (word) => `nothing to see ${word}`,
  (word) => `level=${word} msg=x`,
  (word) => `msg=x severity=${word} lvl=info`,
  (word) => JSON.stringify({ msg: 'x', level: /^\d+$/.test(word) ? Number(word) : word }),
  (word) => JSON.stringify({ log: { severity: word } }),
  (word) => `[${word}] thing`,
  () => 'the level is told elsewhere',
];
const plain = Array.from(
  { length: 300 },
  (_, i): TestLine => ({
    line: `${pick(texts)(pick(words))} ${i}`,
    at: i / 10,
    severity: [pick(severities), pick(words)],
  }),
);
// Their attributes and resources may say a level too, so that no severity is told in SQL.
const fields: readonly TestLine[] = Array.from({ length: 150 }, (_, i) => ({
  line: `${pick(texts)(pick(words))} ${i}`,
  at: i / 10,
  severity: [pick(severities), pick(words)],
  attributes: { [pick(['level', 'severity', 'log.level', 'levelname', 'detected_level', 'other'])]: pick(words) },
  ...(i % 9 === 0 && { resource: { level: pick(words) } }),
}));

const opened: Awaited<ReturnType<typeof openTestLogs>>[] = [];
beforeAll(async () => {
  opened.push(await openTestLogs(plain), await openTestLogs([...plain, ...fields]));
});
afterAll(() => Promise.all(opened.map((logs) => logs.close())));

const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n), limit: '5000' };
type Streams = { stream: Record<string, string>; values: [string, string][] }[];

async function lines(logs: (typeof opened)[number], stages: string): Promise<{ level: string; line: string }[]> {
  const answer = await logs.get('query_range', { query: `{service_name="api"}${stages}`, ...range });
  return (answer.json().data.result as Streams).flatMap(({ stream, values }) =>
    values.map(([time, line]) => ({ level: stream.detected_level!, line: `${time} ${line}` })),
  );
}
const sortedLines = (found: readonly { line: string }[]) => found.map(({ line }) => line).sort();

async function counts(logs: (typeof opened)[number], stages: string): Promise<Record<string, number>> {
  const query = `sum by (detected_level) (count_over_time({service_name="api"}${stages}[2m]))`;
  const answer = await logs.get('query', { query, time: range.end });
  const result = answer.json().data.result as { metric: Record<string, string>; value: [number, string] }[];
  return Object.fromEntries(result.map(({ metric, value }) => [metric.detected_level, Number(value[1])]));
}

test.each([0, 1])(
  'store %d: the level shown, filtered in SQL, filtered behind a parser and counted is the same',
  async (at) => {
    const logs = opened[at]!;
    const shown = await lines(logs, '');
    expect(shown.length).toBe(at === 0 ? plain.length : plain.length + fields.length);
    const counted = await counts(logs, '');
    for (const level of LOG_LEVELS) {
      const expected = sortedLines(shown.filter((one) => one.level === level));
      expect(expected.length).toBeGreaterThan(0);
      expect(sortedLines(await lines(logs, ` | detected_level="${level}"`))).toEqual(expected);
      expect(sortedLines(await lines(logs, ` | unpack | detected_level="${level}"`))).toEqual(expected);
      expect(counted[level]).toBe(expected.length);
      expect(await counts(logs, ` | detected_level="${level}"`)).toEqual({ [level]: expected.length });
    }
    expect(
      [...new Set(shown.map(({ level }) => level))].filter((level) => !LOG_LEVELS.includes(level as never)),
    ).toEqual([]);
  },
);

test.each<[string, Omit<TestLine, 'line'>, string]>([
  ['x', { severity: [0, 'SEVERE'] }, 'error'],
  ['x', { severity: [17, 'high'] }, 'error'],
  ['x', { severity: [9, 'ERROR'] }, 'error'],
  ['x', { attributes: { level: 'FINE' } }, 'debug'],
  ['x', { attributes: { 'log.level': 'crit' } }, 'critical'],
  ['x', { attributes: { levelno: 40 } }, 'error'],
  ['x', { attributes: { level: 40 } }, 'warn'],
  ['{"level":50,"msg":"m"}', {}, 'error'],
  ['{"severityNumber":17}', {}, 'error'],
  ['{"PRIORITY":"4"}', {}, 'warn'],
  ['{"levelname":"WARNING"}', {}, 'warn'],
  ['{"a":{"level":"warn"}}', {}, 'warn'],
  ['{"level":"odd","msg":"an error here"}', {}, 'error'],
  ['ts=1 level=E', {}, 'error'],
  ['ts=1 lvl=info level=crit', {}, 'critical'],
  ['Jan 1 10:00:00 com.shop.Cart SEVERE cart is gone', {}, 'error'],
  ['E/ActivityManager: ANR in shop', {}, 'error'],
  ['E0105 12:00:00.000000 1 main.go:1] gone', {}, 'error'],
  ['[W] low on memory', {}, 'warn'],
  ['fine, all is well', {}, 'unknown'],
  ['a FATAL thing', {}, 'fatal'],
  ['plan E is severe', {}, 'unknown'],
])('the level of %j with %j is %s', async (line, rest, level) => {
  const logs = await openTestLogs([{ line, ...rest }]);
  expect(await lines(logs, '')).toEqual([expect.objectContaining({ level })]);
  await logs.close();
});
