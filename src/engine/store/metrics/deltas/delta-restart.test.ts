import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeOtlpJson } from '../../../otlp/json/encode-otlp-json';
import { Store } from '../../store';

const T = 1_700_000_000_000;

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchtower-deltas-'));
  store = await open();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const open = () => Store.open({ path: join(folder, 'telemetry.duckdb'), now: () => T });

async function restart(): Promise<void> {
  await store.tidy(T);
  await store.checkpoint();
  await store.close();
  store = await open();
}

/** Sent as one request; `name` keeps requests of equal points apart, as other metrics in them would. */
async function send(name: string, end: number, value: number): Promise<void> {
  const times = { startTimeUnixNano: `${T + end - 10_000}000000`, timeUnixNano: `${T + end}000000` };
  const delta = { aggregationTemporality: 1 };
  const exponential = { ...times, count: `${value}`, sum: 1, positive: { offset: 0, bucketCounts: [`${value}`] } };
  const metrics = [
    { name: 'tokens', sum: { ...delta, isMonotonic: true, dataPoints: [{ ...times, asInt: `${value}` }] } },
    { name: 'wait', exponentialHistogram: { ...delta, dataPoints: [exponential] } },
    { name: `other.${name}`, gauge: { dataPoints: [{ ...times, asInt: '1' }] } },
  ];
  const request = encodeOtlpJson('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
  store.decode('metrics', request, crc32(request), T);
  await store.commit(null);
}

async function tokens(): Promise<[timeMs: number, value: number][]> {
  const rows = await store.reader.database.rows<{ time: number; value: number }>(
    `SELECT time_ms::DOUBLE AS time, value FROM samples WHERE series = (SELECT id FROM series WHERE name = 'tokens_total')
     ORDER BY time_ms`,
  );
  return rows.map(({ time, value }) => [time - T, value]);
}

async function waits(): Promise<number[]> {
  const rows = await store.reader.database.rows<{ count: number }>(
    'SELECT count::DOUBLE AS count FROM exponential_histograms ORDER BY time_ms',
  );
  return rows.map(({ count }) => count);
}

test('running totals go on over restarts: late, on time and again', async () => {
  await send('a', -30_000, 5);
  await send('b', -10_000, 7);
  await restart();
  await send('c', -20_000, 3);
  await send('d', 0, 2);
  await send('e', -10_000, 7);
  await restart();
  await send('f', 10_000, 1);
  expect(await tokens()).toEqual([
    [-39_999, 0],
    [-30_000, 5],
    [-10_000, 12],
    [-9_999, 15],
    [0, 17],
    [10_000, 18],
  ]);
  expect(await waits()).toEqual([0, 5, 12, 15, 17, 18]);
});

test('each series has one row of totals after a checkpoint, and none when its samples are deleted', async () => {
  const rows = async () => (await store.reader.database.rows('SELECT * FROM delta_totals')).length;
  await send('a', -30_000, 5);
  await restart();
  await send('b', -10_000, 7);
  await restart();
  expect(await rows()).toBe(2);
  await store.clean(T);
  expect(await rows()).toBe(0);
  await send('c', 0, 2);
  expect(await tokens()).toEqual([
    [-9_999, 0],
    [0, 2],
  ]);
});
