import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createTempoApi } from '../tempo/create-tempo-api';
import { A, B, testTraces } from '../tempo/test-telemetry';
import { createExportApi } from './create-export-api';
import { exportLines, importElsewhere } from './test-round-trip';

const BASE_MS = 1_700_000_000_000;
const stores: TestStore[] = [];
let store: TestStore;

beforeEach(async () => {
  store = await openTestStore();
  stores.push(store);
});
afterEach(async () => {
  for (const open of stores.splice(0)) await open.close();
});

const nano = (ms: number) => `${BASE_MS + ms}000000`;
const anything = [
  { key: 'map', value: { kvlistValue: { values: [{ key: '2', value: { intValue: '9007199254740993' } }] } } },
  { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { doubleValue: 1.5 }, {}] } } },
  { key: 'bytes', value: { bytesValue: 'AAEC' } },
  { key: 'double', value: { doubleValue: 2 } },
  { key: 'nan', value: { doubleValue: 'NaN' } },
  { key: 'empty', value: {} },
];
const fullSpan = {
  traceId: '0102030405060708090a0b0c0d0e0f10',
  spanId: '0102030405060708',
  traceState: 'vendor=1',
  parentSpanId: '1112131415161718',
  flags: 257,
  name: 'everything',
  kind: 5,
  startTimeUnixNano: nano(1),
  endTimeUnixNano: nano(5),
  attributes: anything,
  droppedAttributesCount: 1,
  events: [{ timeUnixNano: nano(2), name: 'event', attributes: anything, droppedAttributesCount: 4 }],
  droppedEventsCount: 2,
  links: [
    {
      traceId: 'ffffffffffffffffffffffffffffffff',
      spanId: 'eeeeeeeeeeeeeeee',
      traceState: 'other=2',
      attributes: anything,
      droppedAttributesCount: 5,
      flags: 1,
    },
  ],
  droppedLinksCount: 3,
  status: { message: 'failed', code: 2 },
};
const origin = (items: object) => ({
  resource: {
    attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }, ...anything],
    droppedAttributesCount: 6,
  },
  ...items,
  schemaUrl: 'https://example.org/resource',
});
const scope = (items: object) => ({
  scope: { name: 'library', version: '1.0', attributes: anything, droppedAttributesCount: 7 },
  ...items,
  schemaUrl: 'https://example.org/scope',
});

test('a span is exported with everything it came with', async () => {
  const request = { resourceSpans: [origin({ scopeSpans: [scope({ spans: [fullSpan] })] })] };
  await store.ingestJson('traces', request);
  expect(await exportLines(store, 'traces')).toEqual([request]);
});

test('a log record is exported with everything it came with, whatever its body is', async () => {
  const record = (fields: object) => ({ timeUnixNano: nano(1), observedTimeUnixNano: nano(2), ...fields });
  const logRecords = [
    record({
      severityNumber: 17,
      severityText: 'ERROR',
      body: { stringValue: 'line' },
      attributes: anything,
      droppedAttributesCount: 1,
      flags: 1,
      traceId: '0102030405060708090a0b0c0d0e0f10',
      spanId: '0102030405060708',
      eventName: 'checkout.failed',
    }),
    ...anything.filter(({ key }) => key !== 'empty').map(({ value }) => record({ body: value })),
    record({ body: { boolValue: true } }),
    record({}),
  ];
  const request = { resourceLogs: [origin({ scopeLogs: [scope({ logRecords })] })] };
  await store.ingestJson('logs', request);
  expect(await exportLines(store, 'logs')).toEqual([request]);
});

test('a trace that was exported and imported elsewhere is the same there', async () => {
  await store.ingestJson('traces', testTraces(BASE_MS));
  const other = await importElsewhere(store, 'traces');
  stores.push(other);
  for (const id of [A, B]) {
    const [here, there] = await Promise.all(
      [store, other].map(async ({ reader }) => (await createTempoApi(reader).app.request(`/api/traces/${id}`)).json()),
    );
    expect(there).toEqual(here);
  }
});

test('many spans make several lines, all of them once', async () => {
  const spans = Array.from({ length: 5200 }, (_, i) => ({
    ...fullSpan,
    spanId: (i + 1).toString(16).padStart(16, '0'),
    events: [],
    links: [],
  }));
  await store.ingestJson('traces', { resourceSpans: [origin({ scopeSpans: [scope({ spans })] })] });
  const lines = await exportLines(store, 'traces');
  const ids = (JSON.stringify(lines).match(/"spanId":"[0-9a-f]+"/g) ?? []) as string[];
  expect(new Set(ids).size).toBe(5200);
  expect(ids.length).toBe(5200);
  // Windows of 2000 rows, 500 a line.
  expect(lines.length).toBe(11);
});

test('only what lies in the range is exported, its start included and its end not', async () => {
  const spans = [0, 1, 2].map((ms) => ({
    ...fullSpan,
    spanId: `000000000000000${ms + 1}`,
    startTimeUnixNano: nano(ms),
  }));
  const logRecords = [0, 1, 2].map((ms) => ({ timeUnixNano: nano(ms), body: { stringValue: `at ${ms}` } }));
  await store.ingestJson('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  await store.ingestJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  const range = `&start=${BASE_MS + 1}&end=${BASE_MS + 2}`;
  const [traces] = await exportLines(store, 'traces', range);
  expect(JSON.stringify(traces)).toContain('0000000000000002');
  expect(JSON.stringify(traces)).not.toMatch(/000000000000000[13]/);
  const [logs] = await exportLines(store, 'logs', range);
  expect(JSON.stringify(logs).match(/at \d/g)).toEqual(['at 1']);
});

test.each(['traces', 'logs', 'metrics'] as const)('an empty store exports no line of %s', async (signal) => {
  expect(await exportLines(store, signal)).toEqual([]);
});

test.each([
  ['', 'invalid signal'],
  ['signal=profiles', 'invalid signal'],
  ['signal=toString', 'invalid signal'],
  ['signal=logs&start=yesterday', 'invalid start'],
  ['signal=logs&end=99999999999999999', 'invalid end'],
  ['signal=logs&start=2&end=1', 'start must be before end'],
])('%j is answered with 400 and why', async (query, message) => {
  const answer = await createExportApi(store.reader).app.request(`/watchtower/export?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(message);
});

test('nothing more is read for a client that has gone', async () => {
  const logRecords = Array.from({ length: 6000 }, (_, i) => ({ timeUnixNano: nano(i), body: { intValue: `${i}` } }));
  await store.ingestJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  const statements: string[] = [];
  const { database } = store.reader;
  const watched = {
    ...store.reader,
    database: {
      columns: database.columns.bind(database),
      rows: <Row>(...args: Parameters<typeof database.rows>) => {
        statements.push(args[0]);
        return database.rows<Row>(...args);
      },
    },
  };
  const answer = await createExportApi(watched).app.request('/watchtower/export?signal=logs');
  const reader = answer.body!.getReader();
  await reader.read();
  await reader.cancel();
  const windows = statements.filter((sql) => sql.startsWith('SELECT * FROM logs'));
  expect(windows.length).toBe(1);
});
