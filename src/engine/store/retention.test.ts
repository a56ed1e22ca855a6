import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath } from '../data-folder/database-path';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import type { Signal } from '../wire/signal';
import { diskUsage } from './disk-usage';
import { Retention } from './retention';
import { Store } from './store';

const HOUR_MS = 3_600_000;

let dataDir: string;
let now: number;
let store: Store;
let spanNumber: number;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-retention-'));
  now = 1_700_000_000_000;
  spanNumber = 0;
  store = await openStore();
});

afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

function openStore(): Promise<Store> {
  return Store.open({ path: databasePath(dataDir), now: () => now });
}

async function ingest(signal: Signal, json: object): Promise<void> {
  const request = encodeOtlpJson(signal, json);
  store.decode(signal, request, crc32(request), now);
  await store.commit({ segment: 1, position: now });
}

function spans(count: number): object {
  const list = Array.from({ length: count }, () => {
    spanNumber++;
    return {
      traceId: spanNumber.toString(16).padStart(32, '0'),
      spanId: spanNumber.toString(16).padStart(16, '0'),
      name: `operation ${spanNumber % 5}`,
      startTimeUnixNano: String(BigInt(now) * 1_000_000n),
      attributes: [{ key: 'n', value: { stringValue: `unique value number ${spanNumber} of this test` } }],
      events: [{ name: 'e', timeUnixNano: '1' }],
    };
  });
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: `service ${now}` } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: list }] }] };
}

function spanOf(ms: number): object {
  return {
    traceId: '1'.repeat(32),
    spanId: '1'.repeat(16),
    startTimeUnixNano: `${ms}000000`,
    endTimeUnixNano: `${ms}000001`,
  };
}

function gauge(): object {
  const dataPoints = [
    {
      timeUnixNano: String(BigInt(now) * 1_000_000n),
      asDouble: 1,
      attributes: [{ key: 't', value: { intValue: now } }],
    },
  ];
  return {
    resourceMetrics: [{ resource: {}, scopeMetrics: [{ metrics: [{ name: 'level', gauge: { dataPoints } }] }] }],
  };
}

async function count(table: string): Promise<number> {
  const [row] = await store.reader.database.rows<{ n: bigint }>(`SELECT count(*) AS n FROM ${table}`);
  return Number(row!.n);
}

describe('retention', () => {
  it('deletes what arrived before the limit of age, with its dictionary entries and series, and nothing else', async () => {
    const retention = new Retention(store, dataDir, { maxAgeHours: 24, maxBytes: 1e12 }, () => now);
    await ingest('traces', spans(50));
    await ingest('metrics', gauge());
    now += 12 * HOUR_MS;
    await ingest('traces', spans(20));
    await ingest('metrics', gauge());
    expect(await retention.run()).toBe(false);
    now += 13 * HOUR_MS;
    await ingest('traces', spans(3));
    expect(await retention.run()).toBe(true);
    expect([await count('spans'), await count('span_events'), await count('samples'), await count('series')]).toEqual([
      23, 23, 1, 1,
    ]);
    expect(store.counts).toEqual({ spans: 23, logs: 0, points: 1 });
    const services = [...store.reader.dictionary.resources().values()].map(({ service }) => service);
    expect(services).toEqual([`service ${now - 13 * HOUR_MS}`, `service ${now}`]);
    expect(await count("attributes WHERE key = 'n'")).toBe(23);
    const [row] = await store.reader.database.rows<{ name: number; attributes: number[] }>(
      'SELECT name, attributes FROM spans ORDER BY seq',
    );
    expect((await store.reader.dictionary.strings([row!.name])).get(row!.name)).toBe('operation 1');
    expect((await store.reader.dictionary.attributes(row!.attributes)).size).toBe(1);
    expect(await retention.run()).toBe(false);
  });

  it('leaves spans and log records of any age, and tells of points that it would delete at once; late deltas count', async () => {
    const retention = new Retention(store, dataDir, { maxAgeHours: 24, maxBytes: 1e12 }, () => now);
    store.keepFor(24);
    const at = (hours: number) => ({ timeUnixNano: `${now + hours * HOUR_MS}000000` });
    const old = now;
    now += 100 * HOUR_MS;
    await ingest('traces', { resourceSpans: [{ scopeSpans: [{ spans: [spanOf(old)] }] }] });
    await ingest('logs', {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ ...at(-100), body: { stringValue: 'old' } }] }] }],
    });
    const send = (name: string, data: object) =>
      ingest('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name, ...data }] }] }] });
    const counter = (temporality: number, hours: number) => ({
      sum: { aggregationTemporality: temporality, isMonotonic: true, dataPoints: [{ ...at(hours), asInt: '1' }] },
    });
    const histogram = { aggregationTemporality: 2, dataPoints: [{ ...at(-25), count: '1' }] };
    await send('gauge', { gauge: { dataPoints: [{ ...at(-25), asInt: '1' }] } });
    await send('sum', counter(2, -25));
    await send('histogram', { histogram });
    await send('exponential', { exponentialHistogram: histogram });
    await send('summary', { summary: { dataPoints: [{ ...at(-25), count: '1' }] } });
    await send('stale', { gauge: { dataPoints: [{ ...at(-25), flags: 1 }] } });
    await send('delta', counter(1, -25));
    expect(store.leftOut.read()).toMatchObject({ points: 7 });
    expect(store.leftOut.read().reasons[0]).toMatchObject({
      metric: 'delta_total',
      lost: true,
      reason: expect.stringContaining('retention'),
    });
    await send('live', counter(1, -1));
    await send('live', counter(1, -25));
    await send('kept', { gauge: { dataPoints: [{ ...at(-23), asInt: '1' }] } });
    expect(store.leftOut.read().points).toBe(7);
    expect(await retention.run()).toBe(false);
    expect([await count('spans'), await count('logs'), await count('samples')]).toEqual([1, 1, 3]);
  });

  it('deletes the description of a metric with its last series, and keeps those of histograms that are there', async () => {
    const metric = (name: string, kind: string) => ({
      name,
      [kind]: {
        aggregationTemporality: 1,
        dataPoints: [{ timeUnixNano: String(BigInt(now) * 1_000_000n), asDouble: 1, count: '1' }],
      },
    });
    const send = (...metrics: object[]) => ingest('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
    await send({ ...metric('old', 'gauge') }, metric('wait', 'histogram'), metric('tokens', 'sum'));
    await store.tidy(now);
    now += 5 * HOUR_MS;
    await send(metric('wait', 'histogram'));
    await new Retention(store, dataDir, { maxAgeHours: 3, maxBytes: 1024 ** 3 }, () => now).run();
    const names = await store.reader.database.rows<{ name: string }>('SELECT name FROM metric_metadata');
    expect(names).toEqual([{ name: 'wait' }]);
    expect(await count('delta_totals')).toBe(2);
    const [total] = await store.reader.database.rows<{ value: number }>('SELECT max(value) AS value FROM samples');
    expect(total).toEqual({ value: 2 });
  });

  it('gives no number twice after everything was deleted and the store opened anew', async () => {
    await ingest('traces', spans(10));
    const before = [store.spanSeq.value(), store.dictionary.nextIds()];
    await store.clean(now);
    expect(await count('spans')).toBe(0);
    expect(await count('attributes')).toBe(0);
    await store.checkpoint();
    await store.close();
    store = await openStore();
    expect([store.spanSeq.value(), store.dictionary.nextIds()]).toEqual(before);
    await ingest('traces', spans(1));
    expect(await store.reader.database.rows('SELECT seq FROM spans')).toEqual([{ seq: 11n }]);
  });

  it('keeps to the limit of size: the file stops growing under a steady load', { timeout: 180_000 }, async () => {
    const maxBytes = 6 * 1024 * 1024;
    const retention = new Retention(store, dataDir, { maxAgeHours: 72, maxBytes }, () => now);
    const sizes: number[] = [];
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 10; i++) {
        now += 11_000;
        await ingest('traces', spans(4000));
      }
      await store.checkpoint();
      if (await retention.run()) await store.checkpoint();
      sizes.push(statSync(databasePath(dataDir)).size);
      expect((await diskUsage(dataDir, store.reader.database)).used).toBeLessThan(maxBytes * 1.4);
    }
    expect(await count('spans')).toBeGreaterThan(20_000);
    expect(await count('spans')).toBeLessThan(280_000);
    expect(Math.max(...sizes)).toBeLessThan(maxBytes * 2.5);
    const [newest] = await store.reader.database.rows<{ seq: bigint }>('SELECT max(seq) AS seq FROM spans');
    expect(newest!.seq).toBe(320_000n);
  });
});
