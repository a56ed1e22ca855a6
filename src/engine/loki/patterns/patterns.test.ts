import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestLogs, type TestLine, testStartNs } from '../test-logs';

type Logs = Awaited<ReturnType<typeof openTestLogs>>;
interface Answer {
  data: { pattern: string; level: string; service: string; samples: [number, number][] }[];
  stats: { patterns: number; lines?: number; looked: number };
}

const startS = Number(testStartNs / 1_000_000_000n);
/** Samples stand at multiples of the step. */
const gridS = startS - (startS % 60);
const range = { start: String(startS), end: String(startS + 600), step: '60s' };
let logs: Logs;

const many = (count: number, make: (index: number) => TestLine): TestLine[] =>
  Array.from({ length: count }, (_, index) => make(index));
const ask = async (query: string, more: Record<string, string> = {}) =>
  (await logs.get('patterns', { ...range, query, ...more })).json() as Answer;
const told = ({ data }: Answer) =>
  data.map(({ pattern, level, samples }) => [pattern, level, samples.reduce((sum, [, count]) => sum + count, 0)]);

beforeAll(async () => {
  logs = await openTestLogs([
    ...many(1500, (i) => ({
      line: `order ${i} took ${i % 90}ms`,
      at: i % 300,
      service: 'shop',
      severity: [9, 'INFO'],
    })),
    ...many(30, (i) => ({
      line: `payment ${i} refused — zu spät, Nº ${i}`,
      at: 61,
      service: 'shop',
      severity: [17, ''],
    })),
    ...many(20, (i) => ({ line: `{"level":${i % 2 ? 50 : 30},"msg":"slot ${i} free"}`, at: i, service: 'pino' })),
    ...many(12, (i) => ({ line: `user ${'abcdefghijkl'[i]} came`, at: i, service: 'names', severity: [9, ''] })),
    ...many(3, (i) => ({
      line: `long ${i} ${'x'.repeat(5000)}`,
      at: i,
      service: 'long',
      attributes: { level: 'warn' },
    })),
    { line: 'first line\nsecond 1', at: 5, service: 'multi', severity: [9, ''] },
    { line: '', at: 5, service: 'multi', severity: [9, ''] },
  ]);
});
afterAll(() => logs.close());

describe('patterns', () => {
  it('count every line by what it has in common, by level and step', async () => {
    const answer = await ask('{service_name="shop"}');
    expect(told(answer)).toEqual([
      ['order <_> took <_>', 'info', 1500],
      ['payment <_> refused — zu spät, Nº <_>', 'error', 30],
    ]);
    const times = answer.data[0]!.samples.map(([time]) => time);
    expect(times).toEqual(times.map((_, step) => gridS + 60 * step));
    expect(answer.data[0]!.samples[1]).toEqual([gridS + 60, 300]);
    expect(answer.stats).toEqual({ patterns: 2, lines: 1530, looked: 1530 });
  });

  it('take the level from the line where the record has none', async () => {
    expect(told(await ask('{service_name="pino"}')).sort()).toEqual([
      ['slot <_> free', 'error', 10],
      ['slot <_> free', 'info', 10],
    ]);
  });

  it('join what differs in one word alone', async () => {
    expect(told(await ask('{service_name="names"}'))).toEqual([['user <_> came', 'info', 12]]);
  });

  it('read long lines, empty ones and the first of several', async () => {
    const [[pattern, level, count]] = told(await ask('{service_name="long"}')) as [[string, string, number]];
    expect([pattern.slice(0, 9), level, count]).toEqual(['long <_> ', 'warn', 3]);
    expect(told(await ask('{service_name="multi"}')).sort()).toEqual([
      ['', 'info', 1],
      ['first line', 'info', 1],
    ]);
  });

  it('take the level from all lines of a text, of which the template has the first alone', async () => {
    await logs.add(
      many(6, (i) => ({ line: `step ${i} done\n${i % 3 ? 'all is well' : 'error: no'}`, at: i, service: 'steps' })),
    );
    expect(told(await ask('{service_name="steps"}')).sort()).toEqual([
      ['step <_> done', 'error', 2],
      ['step <_> done', 'unknown', 4],
    ]);
  });

  it('follow the filters of the query, and a line that comes is counted by the next question', async () => {
    expect(told(await ask('{service_name="shop"} |= "refused"'))).toHaveLength(1);
    expect(told(await ask('{service_name="shop"} | detected_level=~"error|fatal"'))).toEqual([
      ['payment <_> refused — zu spät, Nº <_>', 'error', 30],
    ]);
    await logs.add([{ line: 'order 7 took 7ms', at: 599, service: 'shop', severity: [9, 'INFO'] }]);
    expect(told(await ask('{service_name="shop"}'))[0]).toEqual(['order <_> took <_>', 'info', 1501]);
  });

  it('keep services apart whichever of them told a line first, this time and the time before', async () => {
    const query = '{service_name=~"first|second"}';
    const told = async () =>
      (await ask(query)).data.map(({ service, samples }) => [
        service,
        samples.reduce((sum, [, count]) => sum + count, 0),
      ]);
    const line = (service: string, at: number): TestLine => ({
      line: `slot ${at} taken`,
      at,
      service,
      severity: [9, ''],
    });
    await logs.add([line('first', 100), line('second', 101)]);
    expect(await told()).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
    await logs.add([line('second', 102), line('second', 103)]);
    expect(await told()).toEqual([
      ['second', 3],
      ['first', 1],
    ]);
  });

  it('are those of the changed lines where the query changes them', async () => {
    expect(told(await ask('{service_name="pino"} | json | line_format "{{.level}}"')).sort()).toEqual([
      ['<_>', 'error', 10],
      ['<_>', 'info', 10],
    ]);
  });

  it('are none where no stream matches', async () => {
    expect(await ask('{service_name="nobody"}')).toEqual({
      status: 'success',
      data: [],
      stats: { patterns: 0, lines: 0, looked: 0 },
    });
  });
});
