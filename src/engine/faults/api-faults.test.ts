import { expect, test } from 'vitest';
import { createExportApi } from '../export/create-export-api';
import type { QueryApi } from '../http/query-api';
import { createLokiApi } from '../loki/create-loki-api';
import { createPrometheusApi } from '../prometheus/create-prometheus-api';
import { openTestStore } from '../store/open-test-store';
import type { StoreReader } from '../store/reader/reader';
import { createTempoApi } from '../tempo/create-tempo-api';
import type { ReportFault } from './report-fault';

type Create = (reader: StoreReader, reportFault: ReportFault) => QueryApi;

const SECRET = 'sk-canary-1';
const LOGS = encodeURIComponent(`{service_name="shop"} |= "${SECRET}"`);
const cases: readonly [string, Create, string][] = [
  [
    'tempo GET /api/search',
    (reader, report) => createTempoApi(reader, Date.now, report),
    `/api/search?q=${encodeURIComponent(`{ .key = "${SECRET}" }`)}`,
  ],
  [
    'loki GET /loki/api/v1/query_range',
    (reader, report) => createLokiApi(reader, Date.now, report),
    `/loki/api/v1/query_range?query=${LOGS}`,
  ],
  [
    'prometheus GET /api/v1/query_exemplars',
    (reader, report) => createPrometheusApi(reader, Date.now, report),
    `/api/v1/query_exemplars?query=up&start=1&end=2&token=${SECRET}`,
  ],
];

const ofShop = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeLogs: [{ logRecords: [{ body: { stringValue: 'x' } }] }],
    },
  ],
};

/** Every statement fails, as on a database that is gone. */
function broken(reader: StoreReader): StoreReader {
  const fail = () => Promise.reject(new TypeError('a bug'));
  const database = { rows: fail, columns: fail } as unknown as StoreReader['database'];
  const series = new Map([[1, { id: 1, name: 'up', labels: new Map() }]]);
  return { ...reader, database, dictionary: { ...reader.dictionary, series: () => series } };
}

test.each(cases)(
  '%s tells the log of an error that nobody expected, and nothing that was asked',
  async (where, create, path) => {
    const store = await openTestStore();
    await store.ingestJson('logs', ofShop);
    const told: [string, unknown][] = [];
    const { app } = create(broken(store.reader), (...fault) => told.push(fault));
    expect((await app.request(path)).status).toBe(500);
    expect(told).toEqual([[where, expect.any(TypeError)]]);
    expect(JSON.stringify(told)).not.toContain(SECRET);
    await store.close();
  },
);

test('an export that breaks off tells the log', async () => {
  const store = await openTestStore();
  const told: string[] = [];
  const { app } = createExportApi(broken(store.reader), (place) => told.push(place));
  const answer = await app.request(`/watchtower/export?signal=logs&start=1&end=2`);
  await answer.text().catch(() => {});
  expect(told).toEqual(['export logs']);
  await store.close();
});
