import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';

const trace = '0102030405060708090a0b0c0d0e0f10';
const linked = 'a1a2a3a4a5a6a7a8a9aaabacadaeafb0';
const format = 'application/vnd.grafana.llm';

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const start = BigInt(Date.now() - 5_000) * 1_000_000n;

async function send(): Promise<void> {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  await store.ingestJson('traces', {
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'shop "A"'), text('host.name', 'here')] },
        scopeSpans: [
          {
            scope: { name: 'lib', version: '1.0' },
            spans: [
              {
                traceId: trace,
                spanId: '1112131415161718',
                name: 'GET /',
                kind: 2,
                startTimeUnixNano: String(start),
                endTimeUnixNano: String(start + 1_500_000n),
                attributes: [
                  { key: 'big', value: { intValue: '9007199254740993' } },
                  { key: 'share', value: { doubleValue: 0.5 } },
                  { key: 'nan', value: { doubleValue: 'NaN' } },
                  { key: 'ok', value: { boolValue: false } },
                  { key: 'raw', value: { bytesValue: 'AQI=' } },
                  { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } } },
                ],
                events: [{ timeUnixNano: String(start + 5n), name: 'seen', attributes: [text('why', 'x')] }],
                links: [{ traceId: linked, spanId: 'b1b2b3b4b5b6b7b8' }],
                status: { code: 2, message: 'no' },
              },
              {
                traceId: trace,
                spanId: '2122232425262728',
                parentSpanId: '1112131415161718',
                name: 'child',
                startTimeUnixNano: String(start),
                endTimeUnixNano: String(start),
              },
            ],
          },
        ],
      },
    ],
  });
}

async function ask(path: string, accept: string) {
  const { app } = createTempoApi(store.reader, Date.now);
  const answer = await app.request(path, { headers: { accept } });
  return { type: answer.headers.get('content-type'), text: await answer.text() };
}

it('writes a trace for a language model as Tempo does: by service, attributes as members, ids in hex', async () => {
  await send();
  const { type, text } = await ask(`/api/v2/traces/${trace}`, format);
  expect(type).toBe('application/vnd.grafana.llm+json');
  expect(text).toContain('"big":9007199254740993,');
  expect(JSON.parse(text)).toEqual({
    trace: {
      traceId: trace,
      services: [
        {
          serviceName: 'shop "A"',
          resource: { 'host.name': 'here' },
          scopes: [
            {
              name: 'lib',
              version: '1.0',
              spans: [
                {
                  spanId: '1112131415161718',
                  name: 'GET /',
                  kind: 'SPAN_KIND_SERVER',
                  startTimeUnixNano: String(start),
                  endTimeUnixNano: String(start + 1_500_000n),
                  durationMs: 1.5,
                  attributes: {
                    big: Number('9007199254740993'),
                    share: 0.5,
                    nan: 'NaN',
                    ok: false,
                    raw: '0102',
                    list: ['a', 1],
                  },
                  events: [{ name: 'seen', timeUnixNano: String(start + 5n), attributes: { why: 'x' } }],
                  links: [{ traceId: linked, spanId: 'b1b2b3b4b5b6b7b8' }],
                  status: { code: 'STATUS_CODE_ERROR', message: 'no' },
                },
                {
                  spanId: '2122232425262728',
                  name: 'child',
                  parentSpanId: '1112131415161718',
                  startTimeUnixNano: String(start),
                  endTimeUnixNano: String(start),
                  status: { code: 'STATUS_CODE_UNSET', message: '' },
                },
              ],
            },
          ],
        },
      ],
    },
  });
  expect((await ask('/api/v2/traces/ff', format)).text).toBe('{}');
});

it('groups the values of a tag by their type for it, and gives JSON to who takes that as well', async () => {
  await send();
  const values = '/api/v2/search/tag/resource.host.name/values';
  const grouped = await ask(values, format);
  expect([grouped.type, JSON.parse(grouped.text)]).toEqual([
    'application/vnd.grafana.llm+json',
    { tagValues: { string: ['here'] } },
  ]);
  const plain = await ask(values, `application/json, ${format}`);
  expect([plain.type, JSON.parse(plain.text).tagValues]).toEqual([
    'application/json',
    [{ type: 'string', value: 'here' }],
  ]);
});
