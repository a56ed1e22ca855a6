import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../store/reader/reader';
import { openTestLogs, testStartNs } from '../test-logs';
import { patternsAhead } from './patterns-ahead';

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeEach(async () => {
  logs = await openTestLogs(
    Array.from({ length: 132_000 }, (_, index) => ({
      line: `order ${index} paid`,
      at: index % 300,
      service: 'shop',
      severity: [9, 'INFO'] as const,
    })),
  );
});
afterEach(() => logs.close());

const never = new AbortController().signal;
const startS = Number(testStartNs / 1_000_000_000n);
const range = { start: String(startS), end: String(startS + 600), step: '60s', query: '{service_name="shop"}' };

/** The statements that read lines, from now on. */
function watchReading(): string[] {
  const { database } = logs.store.reader;
  const columns: Database['columns'] = database.columns.bind(database);
  const read: string[] = [];
  database.columns = (sql, parameters, options) => {
    if (sql.includes('strlen(line)')) read.push(sql);
    return columns(sql, parameters, options);
  };
  return read;
}

it('finds patterns before anybody asks, stretch by stretch, and who asks then reads no line again', async () => {
  const ahead = patternsAhead(logs.store.reader);
  expect(await ahead(never)).toBe(true);
  expect(await ahead(never)).toBe(false);
  const read = watchReading();
  const counted = async () => (await (await logs.get('patterns', range)).json()).stats;
  expect(await counted()).toEqual({ patterns: 1, lines: 132_000, looked: 132_000 });
  expect(read).toEqual([]);
  await logs.add([{ line: 'user 1 left', at: 301, service: 'shop', severity: [9, 'INFO'] }]);
  expect(await ahead(never)).toBe(false);
  expect(read).toHaveLength(1);
  expect(await counted()).toEqual({ patterns: 2, lines: 132_001, looked: 132_001 });
  expect(read).toHaveLength(1);
});

it('looks at the newest rows first, and then at those before them', async () => {
  const ahead = patternsAhead(logs.store.reader, 2000);
  const read = watchReading();
  expect(await ahead(never)).toBe(true);
  const [newest] = read.splice(0);
  expect(newest).toContain(`seq >= ${126 * 1024}::UBIGINT`);
  expect(await ahead(never)).toBe(false);
  expect(read).not.toHaveLength(0);
  read.splice(0);
  expect(await ahead(never)).toBe(false);
  const { stats } = await (await logs.get('patterns', range)).json();
  expect(stats).toEqual({ patterns: 1, lines: 132_000, looked: 132_000 });
  expect(read).toEqual([]);
});
