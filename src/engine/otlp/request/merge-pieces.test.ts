import { afterEach, expect, test } from 'vitest';
import type { JournalWriter } from '../../journal/journal-writer-port';
import { createPrometheusApi } from '../../prometheus/create-prometheus-api';
import { decodeKeyValue } from '../../store/dictionary/attribute-value';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../../tempo/create-tempo-api';
import { eachBlock } from '../../wire/each-block';
import type { Signal } from '../../wire/signal';
import { WireReader } from '../../wire/wire-reader';
import { IngestCounters } from '../ingest-counters';
import { createIntake } from '../intake';
import { encodeOtlpJson } from '../json/encode-otlp-json';
import { transcodeOtlpJson } from '../json/transcode-json';

// Pieces are written as JSON with a key that comes more than once: transcoding leaves each as a field of its own.
const TRACE = '5b8efff798038103d269b633813fc60c';
const SPAN = `"traceId":"${TRACE}","spanId":"eee19b7ec3c1b174","name":"a"`;
const pair = (key: string, value: string) => `{"key":"${key}","value":${value}}`;
const text = (key: string, value: string) => pair(key, `{"stringValue":"${value}"}`);
const stores: TestStore[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

/** What the receiver puts into the journal, and what it answers. */
async function accept(signal: Signal, json: string): Promise<{ kept: Uint8Array[]; message: string }> {
  const kept: Uint8Array[] = [];
  const journal = {
    append: async (_: Signal, piece: Uint8Array) => {
      kept.push(piece);
    },
    pressure: () => null,
  } as unknown as JournalWriter;
  const { message } = await createIntake(journal, new IngestCounters()).accept(
    signal,
    transcodeOtlpJson(signal, Buffer.from(json)),
  );
  return { kept, message };
}

/** The one attribute of the one log record of a request. */
function attributeOf(request: Uint8Array): object {
  let [from, to] = [0, request.length];
  for (const number of [1, 2, 2, 6]) {
    eachBlock(request, from, to, (field, start, end) => {
      if (field === number) [from, to] = [start, end];
    });
  }
  return decodeKeyValue(new WireReader(request), from, to);
}

test.each<[string, string, object]>([
  ['of strings: the last', '"value":{"stringValue":"a"},"value":{"stringValue":"b"}', { stringValue: 'b' }],
  ['an empty one behind it: the first', '"value":{"stringValue":"a"},"value":{}', { stringValue: 'a' }],
  [
    'of lists: joined',
    '"value":{"arrayValue":{"values":[{"intValue":1}]}},"value":{"arrayValue":{"values":[{"intValue":2}]}}',
    { arrayValue: { values: [{ intValue: 1 }, { intValue: 2 }] } },
  ],
  [
    'of lists within one value: joined',
    '"value":{"arrayValue":{"values":[{"intValue":1}]},"arrayValue":{"values":[{"intValue":2}]}}',
    { arrayValue: { values: [{ intValue: 1 }, { intValue: 2 }] } },
  ],
  [
    'of maps: joined',
    `"value":{"kvlistValue":{"values":[${text('x', '1')}]}},"value":{"kvlistValue":{"values":[${text('y', '2')}]}}`,
    {
      kvlistValue: {
        values: [
          { key: 'x', value: { stringValue: '1' } },
          { key: 'y', value: { stringValue: '2' } },
        ],
      },
    },
  ],
  [
    'of lists, with a text between: the last list',
    '"value":{"arrayValue":{"values":[{"intValue":1}]}},"value":{"stringValue":"a"},"value":{"arrayValue":{"values":[{"intValue":2}]}}',
    { arrayValue: { values: [{ intValue: 2 }] } },
  ],
  [
    'of lists, and a text behind: the text',
    '"value":{"arrayValue":{"values":[{"intValue":1}]}},"value":{"arrayValue":{"values":[]}},"value":{"stringValue":"a"}',
    { stringValue: 'a' },
  ],
])('a value in pieces, %s', async (_, pieces, value) => {
  const record = (inner: string) =>
    `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1,"attributes":[{"key":"k",${inner}}]}]}]}]}`;
  const { kept } = await accept('logs', record(pieces));
  expect(attributeOf(kept[0]!)).toEqual(
    attributeOf(transcodeOtlpJson('logs', Buffer.from(record(`"value":${JSON.stringify(value)}`)))),
  );
});

test('resource, scope, status and body of a request count with all their pieces', async () => {
  const { kept } = await accept(
    'traces',
    `{"resourceSpans":[{"resource":{"attributes":[${text('service.name', 'shop')}]},
      "resource":{"attributes":[${text('zone', 'b')}],"droppedAttributesCount":2},
      "scopeSpans":[{"scope":{"name":"lib"},"scope":{"version":"1"},
        "spans":[{${SPAN},"status":{"code":2},"status":{"message":"went wrong"}}]}]}]}`,
  );
  const store = await openTestStore();
  stores.push(store);
  await store.ingest('traces', kept[0]!);
  const { app } = createTempoApi(store.reader, Date.now);
  const found = await (await app.request(`/api/traces/${TRACE}`)).json();
  expect(found).toMatchObject({
    batches: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'shop' } },
            { key: 'zone', value: { stringValue: 'b' } },
          ],
          droppedAttributesCount: 2,
        },
        scopeSpans: [
          {
            scope: { name: 'lib', version: '1' },
            spans: [{ status: { code: 'STATUS_CODE_ERROR', message: 'went wrong' } }],
          },
        ],
      },
    ],
  });
});

test('buckets of an exponential histogram count with all their pieces, also where these are too many together', async () => {
  const now = Date.now();
  const request = (positive: string) =>
    `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"size","exponentialHistogram":{"aggregationTemporality":2,
      "dataPoints":[{"timeUnixNano":"${now}000000","count":3,"sum":6,"scale":0,${positive}}]}}]}]}]}`;
  const { kept } = await accept(
    'metrics',
    request('"positive":{"offset":4,"bucketCounts":[1]},"positive":{"bucketCounts":[2]}'),
  );
  const store = await openTestStore();
  stores.push(store);
  await store.ingest('metrics', kept[0]!);
  const { app } = createPrometheusApi(store.reader, () => now);
  const answer = await (await app.request('/api/v1/query?query=size')).text();
  expect(answer).toContain('[0,"16","32","1"],[0,"32","64","2"]');
  const half = JSON.stringify(new Array<number>(10_000).fill(1));
  const { message } = await accept(
    'metrics',
    request(`"positive":{"bucketCounts":${half}},"positive":{"bucketCounts":${half}}`),
  );
  expect(message).toContain('more than 16,384 buckets');
});

test('a request in one piece is journalled as the bytes that came', async () => {
  const json = {
    resourceSpans: [
      { resource: {}, scopeSpans: [{ spans: [{ traceId: TRACE, spanId: 'eee19b7ec3c1b174', status: {} }] }] },
    ],
  };
  const { kept } = await accept('traces', JSON.stringify(json));
  expect(kept).toEqual([encodeOtlpJson('traces', json)]);
});
