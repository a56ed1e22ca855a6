import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineStats } from '../../../shared/engine-messages';
import { databasePath } from '../../data-folder/database-path';
import { exportMetrics } from '../../export/export-metrics';
import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { createPrometheusApi } from '../../prometheus/create-prometheus-api';
import { Retention } from '../retention';
import { type RunningStore, runStore } from '../run-store';
import { Store } from '../store';
import type { EngineReport } from './self-metrics';

const report: EngineReport = {
  instance: '127.0.0.1:4318',
  accepted: { spans: 3, logs: 4, points: 5, requests: 6, bytes: 700 },
  rejected: { spans: 0, logs: 0, points: 0, requests: 1 },
  backlogBytes: 8,
  residentBytes: 9_000_000,
};
const START_MS = 1_700_000_000_000;

let dataDir: string;
let nowMs: number;
let store: Store;

const open = () => Store.open({ path: databasePath(dataDir), now: () => nowMs });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-self-'));
  nowMs = START_MS;
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

async function query(reader: Store['reader'], promql: string, timeMs = nowMs) {
  const url = `/api/v1/query?query=${encodeURIComponent(promql)}&time=${timeMs / 1000}`;
  const answer = await createPrometheusApi(reader).app.request(url);
  const { data } = (await answer.json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result;
}

async function ingestGauge(): Promise<void> {
  const dataPoints = [{ timeUnixNano: `${nowMs}000000`, asDouble: 1 }];
  const request = encodeOtlpJson('metrics', {
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'g', gauge: { dataPoints } }] }] }],
  });
  store.decode('metrics', request, crc32(request), nowMs);
  await store.commit(null);
}

test('the engine says of itself what Prometheus says when it scrapes itself', async () => {
  await store.writeSelf(report, 4096);
  expect(await query(store.reader, 'up')).toEqual([
    {
      metric: { __name__: 'up', job: 'watchtower', instance: '127.0.0.1:4318' },
      value: [nowMs / 1000, '1'],
    },
  ]);
  const values = await query(store.reader, '{job="watchtower", __name__=~"watchtower_.+"}');
  expect(Object.fromEntries(values.map(({ metric, value }) => [metric.__name__, Number(value[1])]))).toEqual({
    watchtower_received_spans_total: 3,
    watchtower_received_log_records_total: 4,
    watchtower_received_metric_points_total: 5,
    watchtower_received_bytes_total: 700,
    watchtower_rejected_requests_total: 1,
    watchtower_journal_backlog_bytes: 8,
    watchtower_store_bytes: 4096,
  });
});

test('its counters have rates', async () => {
  for (const spans of [0, 150, 300]) {
    await store.writeSelf({ ...report, accepted: { ...report.accepted, spans } }, 0);
    nowMs += 15_000;
  }
  const [rate] = await query(store.reader, 'irate(watchtower_received_spans_total[1m])', nowMs - 15_000);
  expect(Number(rate!.value[1])).toBe(10);
});

test('they count neither as stored nor as arrived, before and after a restart', async () => {
  await store.writeSelf(report, 0);
  expect(store.counts).toEqual({ spans: 0, logs: 0, points: 0 });
  expect(store.seriesCount()).toBe(0);
  expect(await store.oldestMs()).toBeNull();
  await ingestGauge();
  await store.writeSelf(report, 0);
  expect(store.counts.points).toBe(1);
  expect(store.seriesCount()).toBe(1);
  await store.checkpoint();
  await store.close();
  store = await open();
  expect(store.counts.points).toBe(1);
  expect(store.seriesCount()).toBe(1);
});

test('they are counted right when they are committed with what arrived', async () => {
  const dataPoints = [{ timeUnixNano: `${nowMs}000000`, asDouble: 1 }];
  const request = encodeOtlpJson('metrics', {
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'g', gauge: { dataPoints } }] }] }],
  });
  store.decode('metrics', request, crc32(request), nowMs);
  await store.writeSelf(report, 0);
  expect(store.counts.points).toBe(0);
  await store.commit(null);
  expect(store.counts.points).toBe(1);
  expect((await query(store.reader, 'up')).length).toBe(1);
});

test('they go with age and with a clean, and begin again', async () => {
  await store.writeSelf(report, 0);
  nowMs += 2 * 3_600_000;
  const retention = new Retention(store, dataDir, { maxAgeHours: 1, maxBytes: 2 ** 30 }, () => nowMs);
  expect(await retention.run()).toBe(true);
  expect(store.series.series.size).toBe(0);
  expect(store.seriesCount()).toBe(0);
  await store.writeSelf(report, 0);
  expect((await query(store.reader, 'up')).length).toBe(1);
  await store.clean(nowMs);
  await store.writeSelf(report, 0);
  expect(store.counts.points).toBe(0);
  expect((await query(store.reader, 'up')).length).toBe(1);
});

test('they are not exported', async () => {
  await store.writeSelf(report, 0);
  await ingestGauge();
  const lines: string[] = [];
  for await (const line of exportMetrics(store.reader, {}, new AbortController().signal)) lines.push(line);
  expect(lines.length).toBe(1);
  expect(lines[0]).toContain('"name":"g"');
  expect(lines[0]).not.toContain('watchtower');
});

test('a running store writes them soon after the first report, and then every fifteen seconds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-self-run-'));
  let clockMs = START_MS;
  let stats: Pick<EngineStats, 'stored' | 'oldestAt'> | undefined;
  let ticks = 0;
  const running: RunningStore = await runStore(
    folder,
    { maxAgeHours: 72, maxBytes: 2 ** 30 },
    {
      onApplied: () => {},
      onProblem: () => {},
      onSolved: () => {},
      onStats: (latest) => {
        stats = latest;
        ticks++;
      },
    },
    () => clockMs,
  );
  try {
    running.report(report);
    await expect.poll(() => ticks).toBeGreaterThanOrEqual(2);
    expect(await query(running.reader, 'count_over_time(up[1m])', clockMs)).toMatchObject([
      { value: [clockMs / 1000, '1'] },
    ]);
    clockMs += 15_000;
    const before = ticks;
    await expect.poll(() => ticks).toBeGreaterThanOrEqual(before + 2);
    expect(await query(running.reader, 'count_over_time(up[1m])', clockMs)).toMatchObject([
      { value: [clockMs / 1000, '2'] },
    ]);
    expect(stats).toMatchObject({ stored: { spans: 0, logs: 0, points: 0, series: 0 }, oldestAt: null });
  } finally {
    await running.drain();
    rmSync(folder, { recursive: true });
  }
});
