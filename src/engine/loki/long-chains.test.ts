import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(
    Array.from({ length: 10 }, (_, i): TestLine => ({ line: `a line ${i}`, at: i, attributes: { user: `u${i}` } })),
  );
});
afterAll(() => logs.close());

const api = '{service_name="api"}';
const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n), limit: '100', step: '60' };
const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));

async function linesOf(query: string): Promise<number | string> {
  const answer = await logs.get('query_range', { ...range, query });
  if (answer.status !== 200) return answer.text;
  const { result } = answer.json().data as { result: { values: unknown[] }[] };
  return result.reduce((sum, { values }) => sum + values.length, 0);
}

describe('a long chain', () => {
  test.each([
    ['of alternatives of a line filter', `${api} |= "line 1" ${times(1000, (i) => `or "x${i}"`).join(' ')}`, 1],
    ['of label filters joined by or', `${api} | ${times(1500, (i) => `user="u${i + 3}"`).join(' or ')}`, 7],
    ['of label filters joined by and', `${api} | ${times(1500, (i) => `user!="u${i + 3}"`).join(' and ')}`, 3],
    ['of label filters behind a parser', `${api} | json | ${times(1500, (i) => `user="u${i + 3}"`).join(' or ')}`, 7],
    ['of line filters', `${api} ${times(2000, () => '|= "line"').join(' ')}`, 10],
    ['of values in a stream matcher', `{service_name=~"${times(5000, (i) => `s${i}`).join('|')}|api"}`, 10],
  ])('%s is read whole', async (_, query, lines) => {
    expect(await linesOf(query)).toBe(lines);
  });

  test('of operators between metrics is computed whole', async () => {
    const query = times(300, () => `sum(count_over_time(${api}[10m]))`).join(' + ');
    const answer = await logs.get('query', { query, time: String(testStartNs + 60_000_000_000n) });
    expect(answer.json().data.result[0].value[1]).toBe('3000');
  });

  test.each([
    `${api} | ${times(2800, (i) => `u="${i}"`).join(' or ')}`,
    `${api} |= "a" ${times(5000, (i) => `or "x${i}"`).join(' ')}`,
    `${api} ${times(5000, () => '|= "a"').join(' ')}`,
    times(1500, () => `count_over_time(${api}[1m])`).join(' + '),
  ])('that is longer than the parser can read is refused by name: %#', async (query) => {
    expect(await linesOf(query)).toMatch(/^parse error : the query is a longer chain/);
  });

  test('of as many bytes as no query of Loki has is refused in its words', async () => {
    expect(await linesOf(`${api} |= "${'x'.repeat(140_000)}"`)).toBe(
      'parse error : input size too long (140026 > 131072)\n',
    );
  });
});
