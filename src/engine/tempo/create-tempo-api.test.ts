import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeadlineExceeded } from '../http/run-with-deadline';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createTempoApi } from './create-tempo-api';
import { A, B, C, D, testTraces } from './test-telemetry';

const base = 1_760_000_000_000;
const range = `start=${base / 1000 - 60}&end=${base / 1000 + 60}`;
let store: TestStore;
let get: (path: string, headers?: Record<string, string>) => Promise<Response>;

beforeAll(async () => {
  const now = () => base + 30_000;
  store = await openTestStore(now);
  await store.ingestJson('traces', testTraces(base));
  // The same spans once more, in another request: each is shown once.
  await store.ingestJson('traces', { ...testTraces(base), extra: true });
  const { app } = createTempoApi(store.reader, now);
  get = async (path, headers) => app.request(path, { headers });
});
afterAll(() => store.close());

interface Found {
  traceID: string;
  spanSets: { spans: { spanID: string }[]; matched: number; attributes?: object[] }[];
}

/** Letter and number of each span found, sorted: `a1 a2 b1`; spansets of their own are joined. */
async function spansOf(query: string): Promise<string> {
  const response = await get(`/api/search?q=${encodeURIComponent(query)}&${range}&spss=50`);
  const text = await response.text();
  if (response.status !== 200) return text;
  const { traces } = JSON.parse(text) as { traces: Found[] };
  const ids = traces.flatMap((trace) =>
    trace.spanSets.flatMap((set) => set.spans.map(({ spanID }) => spanID[0]! + spanID.at(-1))),
  );
  return ids.sort().join(' ');
}

// Answers of Tempo 3 for the same spans, except those marked "ours": there Tempo's storage drops matches that the
// language gives.
describe('a search finds the spans that TraceQL means', () => {
  test.each([
    ['{}', 'a1 a2 a3 a4 a5 b1 b2 b3 b4 c2 c3 d1'],
    ['{ .http.status_code >= 500 }', 'b1 b2 b3'],
    ['{ span.http.status_code != 200 }', 'b1 b2 b3 c2'],
    ['{ .http.method != "GET" }', 'b1 b3'],
    ['{ .http.method =~ "E" }', ''],
    ['{ .http.method =~ "G.*|POST" }', 'a1 a2 b1 b3'],
    ['{ resource.service.name = "orders" }', 'a3 a4 a5 c2 c3'],
    ['{ .shared = "resource" }', 'b3 b4 d1'],
    ['{ resource.shared = "resource" }', 'b2 b3 b4 d1'],
    ['{ .shared = "span" }', 'b2'],
    ['{ name != "SELECT" && kind = client }', 'a2 b3'],
    ['{ duration >= 300ms && duration < 1.2s }', 'a1 a2 a3'],
    ['{ status = unset && kind = server }', 'a3'],
    ['{ statusMessage =~ ".*fail.*" }', 'b1'],
    ['{ rootName = "POST /pay" }', 'b1 b2 b3 b4'],
    ['{ rootServiceName != "gateway" }', 'c2 c3 d1'],
    ['{ traceDuration > 600ms }', 'b1 b2 b3 b4'],
    ['{ nestedSetParent < 0 }', 'a1 b1 d1'],
    ['{ event:name = "exception" }', 'b2'],
    ['{ event.threshold = 100 }', 'a5'],
    ['{ event:timeSinceStart > 150ms }', 'b2'],
    ['{ link.why = "same cart" }', 'b2'],
    ['{ instrumentation:name = "lib-orders" && name = "consume" }', 'c2'],
    ['{ instrumentation.tier = "payments" }', 'b2 b3 b4 d1'],
    ['{ .cached }', 'b1'],
    ['{ .amount = 19.99 }', 'b2'],
    ['{ .amount > 19 }', 'b2' /* ours */],
    ['{ .host.cores > 3.5 }', 'a1 a2 b1' /* ours */],
    ['{ .tags = "vip" }', 'a3'],
    ['{ .sizes > 2 }', 'a3'],
    ['{ .http.status_code = "200" }', ''],
    ['{ .db.rows != nil }', 'a4 a5 c3'],
    ['{ span.http.method != nil && span.http.status_code = nil }', 'a2'],
    ['{ !(.http.method = "GET") && kind = server }', 'a3 b1 b2' /* ours */],
    ['{ .db.rows * 2 = 24 }', 'a4'],
    ['{ -.db.rows < -10 }', 'a4 a5'],
    ['{ 500 <= .http.status_code }', 'b1 b2 b3' /* ours */],
    ['{ duration > 2 * 200ms }', 'a1 b1 b2 b3'],
    ['{ kind = producer || .http.status_code >= 500 && .http.method = "POST" }', 'b1 b3'],
    ['{ .http.status_code >= 500 } && { kind = producer }', 'b1 b2 b3 b4'],
    ['{ .http.status_code >= 500 } && { .db.rows > 1 }', ''],
    ['{ .http.status_code >= 500 } || { .db.rows > 100 }', 'a5 b1 b2 b3'],
    ['{ name = "GET /orders" } > { name = "call orders" }', 'a2'],
    ['{ name = "GET /orders" } >> { name = "SELECT" }', 'a4 a5'],
    ['{ name = "SELECT" } << { kind = server }', 'a1 a3'],
    ['{ name = "call orders" } < { name = "GET /orders" }', 'a1'],
    ['{ name = "SELECT" } ~ { name = "SELECT" }', 'a4 a5'],
    ['{ kind = server } !> { kind = client }', 'c3'],
    ['{ kind = server } &> { kind = client }', 'a1 a2 a3 a4 a5 b2 b3'],
    ['{ name = "consume" } > { name = "SELECT" }', ''],
    ['{ kind = client } | count() = 3', 'a2 a4 a5'],
    ['{} | avg(duration) > 300ms', 'b1 b2 b3 b4'],
    ['{} | sum(span.db.rows) > 100', 'a1 a2 a3 a4 a5'],
    ['{} | by(name) | count() > 1', 'a4 a5'],
    ['{} | by(resource.service.name) | count() > 2 | coalesce()', 'a3 a4 a5 b2 b3 b4'],
    ['({ kind = server } | count() > 1) && ({ kind = client })', 'a1 a2 a3 a4 a5 b1 b2 b3'],
    ['{ kind = server } | { status = error } | count() > 1', 'b1 b2'],
    [`{ trace:id = "${A}" && span:childCount > 1 }`, 'a3'],
    ['{ span:id = "a000000000000001" }', 'a1'],
    ['{ name < "H" }', 'a1'],
  ])('%s', async (query, spans) => expect(await spansOf(query)).toBe(spans));
});

describe('the answer of a search', () => {
  test('carries the trace, the matched spans with the fields of the query, and the services', async () => {
    const response = await get(
      `/api/search?q=${encodeURIComponent('{ kind = producer } | select(span.messaging.system, resource.deployment.environment)')}&${range}`,
    );
    const { traces } = (await response.json()) as { traces: object[] };
    expect(traces).toEqual([
      expect.objectContaining({
        traceID: B.replace(/^0+/, ''),
        rootServiceName: 'gateway',
        rootTraceName: 'POST /pay',
        startTimeUnixNano: `${base + 1000}000000`,
        durationMs: 2000,
        serviceStats: { gateway: { spanCount: 1, errorCount: 1 }, payments: { spanCount: 3, errorCount: 1 } },
        spanSets: [
          {
            matched: 1,
            spans: [
              {
                spanID: 'b000000000000004',
                startTimeUnixNano: `${base + 2400}000000`,
                durationNanos: '20000000',
                attributes: [
                  { key: 'kind', value: { stringValue: 'producer' } },
                  { key: 'messaging.system', value: { stringValue: 'kafka' } },
                  { key: 'deployment.environment', value: { stringValue: 'dev' } },
                ],
              },
            ],
          },
        ],
      }),
    ]);
  });

  test('is newest first, holds the limit, three spans a spanset, and says that a root has not come', async () => {
    const { traces } = (await (await get(`/api/search?q={}&${range}&limit=2`)).json()) as {
      traces: (Found & { rootServiceName: string })[];
    };
    expect(traces.map(({ traceID }) => traceID)).toEqual([D.replace(/^0+/, ''), C.replace(/^0+/, '')]);
    expect(traces[1]?.rootServiceName).toBe('<root span not yet received>');
    const one = (await (await get(`/api/search?q={rootName="GET /orders"}&${range}`)).json()) as { traces: Found[] };
    expect(one.traces[0]?.spanSets[0]).toMatchObject({ matched: 5, spans: { length: 3 } });
  });

  test('takes tags and durations instead of a query', async () => {
    const found = async (parameters: string) =>
      ((await (await get(`/api/search?${parameters}&${range}`)).json()) as { traces: Found[] }).traces.map(
        ({ traceID }) => traceID[0],
      );
    expect(await found('tags=service.name%3Dorders')).toEqual(['c', 'a']);
    expect(await found('tags=service.name%3Dorders%20http.status_code%3D200')).toEqual(['a']);
    expect(await found('minDuration=100ms&maxDuration=1s')).toEqual(['a']);
    expect(await found(`tags=${encodeURIComponent('name="POST /pay"')}`)).toEqual(['b']);
  });

  test('without a range it looks at the last 15 minutes', async () => {
    expect(await (await get('/api/search?q={name="health"}')).json()).toMatchObject({ traces: [{ traceID: 'd04' }] });
    const later = createTempoApi(store.reader, () => base + 16 * 60_000).app;
    expect(await (await later.request('/api/search?q={name="health"}')).json()).toMatchObject({ traces: [] });
  });

  test.each([
    ['/api/search?start=5', 'only one of start and end provided: must provide both or neither'],
    ['/api/search?start=5&end=4', 'http parameter start must be before end. received start=5 end=4'],
    ['/api/search?q={}&limit=0', 'invalid limit: must be a positive number'],
    ['/api/search?q={}&limit=x', 'invalid limit: strconv.ParseUint: parsing "x": invalid syntax'],
    ['/api/search?q={}&tags=a=b', "invalid request: can't specify tags and q in the same query"],
    ['/api/search?tags=a=b%20a=c', 'invalid tags: tag a has been set twice'],
    ['/api/search?minDuration=x', 'invalid minDuration: time: invalid duration "x"'],
    ['/api/search?q={.a=', 'invalid TraceQL query: parse error at line 1, col 5: syntax error: unexpected $end'],
    ['/api/metrics/query_range?q={}', 'not a metrics query'],
    ['/api/v2/search/tags?scope=foo', 'invalid scope: foo'],
    ['/api/traces/zz', "trace IDs can only contain hex characters: invalid character 'z' at position 1"],
  ])('of %s is 400: %s', async (path, text) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([400, text]);
  });
});

describe('a trace by its id', () => {
  test('comes whole in proto3 JSON: base64 ids, names of enums, every kind of value', async () => {
    const { trace } = (await (await get(`/api/v2/traces/${B}`)).json()) as {
      trace: { resourceSpans: { scopeSpans: { scope: object; spans: { name: string }[] }[] }[] };
    };
    const scopes = trace.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);
    expect(scopes.map(({ scope }) => scope)).toEqual([
      expect.objectContaining({ name: 'lib-gateway', version: '1.2.0' }),
      expect.objectContaining({ name: 'lib-payments' }),
    ]);
    const spans = scopes.flatMap(({ spans }) => spans);
    expect(spans).toHaveLength(4);
    expect(spans.find(({ name }) => name === 'charge')).toEqual({
      traceId: 'CwAAAAAAAAAAAAAAAAAAAg==',
      spanId: 'sAAAAAAAAAI=',
      parentSpanId: 'sAAAAAAAAAE=',
      name: 'charge',
      kind: 'SPAN_KIND_SERVER',
      startTimeUnixNano: `${base + 1100}000000`,
      endTimeUnixNano: `${base + 2600}000000`,
      attributes: [
        { key: 'http.status_code', value: { intValue: '500' } },
        { key: 'amount', value: { doubleValue: 19.99 } },
        { key: 'retries', value: { intValue: '3' } },
        { key: 'shared', value: { stringValue: 'span' } },
      ],
      events: [
        {
          timeUnixNano: `${base + 1200}000000`,
          name: 'exception',
          attributes: [{ key: 'exception.type', value: { stringValue: 'Declined' } }],
        },
        { timeUnixNano: `${base + 1300}000000`, name: 'retry' },
      ],
      links: [
        {
          traceId: 'CgAAAAAAAAAAAAAAAAAAAQ==',
          spanId: 'oAAAAAAAAAE=',
          attributes: [{ key: 'why', value: { stringValue: 'same cart' } }],
        },
      ],
      status: { message: 'card declined', code: 'STATUS_CODE_ERROR' },
    });
    const meta = spans.find(({ name }) => name === 'publish') as unknown as { attributes: object[] };
    expect(meta.attributes[1]).toEqual({
      key: 'meta',
      value: {
        kvlistValue: {
          values: [
            { key: 'key', value: { stringValue: 'k' } },
            { key: 'partition', value: { intValue: '2' } },
          ],
        },
      },
    });
  });

  test('is named batches in the first version, with leading zeros of the id or without', async () => {
    for (const id of [D, 'd04'])
      expect(await (await get(`/api/traces/${id}`)).json()).toMatchObject({
        batches: [{ scopeSpans: [{ spans: [{ name: 'health' }] }] }],
      });
  });

  test('that is unknown is 404 in the first version and an empty trace in the second', async () => {
    expect((await get('/api/traces/1234')).status).toBe(404);
    const second = await get('/api/v2/traces/1234');
    expect([second.status, await second.json()]).toEqual([200, { trace: {}, metrics: {} }]);
  });

  test('comes as protobuf that is the export request of the same spans', async () => {
    const first = await get(`/api/traces/${B}`, { accept: 'application/protobuf' });
    expect(first.headers.get('content-type')).toBe('application/protobuf');
    const bytes = new Uint8Array(await first.arrayBuffer());
    const copy = await openTestStore();
    try {
      await copy.ingest('traces', bytes);
      const again = await createTempoApi(copy.reader).app.request(`/api/v2/traces/${B}`);
      expect(await again.json()).toEqual(await (await get(`/api/v2/traces/${B}`)).json());
    } finally {
      await copy.close();
    }
    const second = new Uint8Array(
      await (await get(`/api/v2/traces/${B}`, { accept: 'application/protobuf' })).arrayBuffer(),
    );
    expect(second[0]).toBe(0x0a);
    expect(second.subarray(second.length - bytes.length)).toEqual(bytes);
  });
});

describe('tags', () => {
  test('are listed by scope', async () => {
    const { scopes } = (await (await get('/api/v2/search/tags')).json()) as {
      scopes: { name: string; tags: string[] }[];
    };
    const byName = Object.fromEntries(scopes.map(({ name, tags }) => [name, tags]));
    expect(byName).toMatchObject({
      resource: ['deployment.environment', 'host.cores', 'region', 'service.name', 'shared'],
      event: ['advice', 'exception.type', 'threshold'],
      link: ['why'],
      instrumentation: ['tier'],
    });
    expect(byName.span).toContain('db.rows');
    expect(byName.span).not.toContain('region');
    expect(byName.intrinsic).toContain('rootServiceName');
  });

  test.each([
    ['resource.service.name', ['string:gateway', 'string:orders', 'string:payments']],
    ['.http.status_code', ['int:200', 'int:404', 'int:500', 'int:502', 'int:503']],
    ['span.cached', ['bool:false', 'bool:true']],
    ['event:name', ['string:exception', 'string:retry', 'string:slow query']],
    ['status', ['keyword:error', 'keyword:ok', 'keyword:unset']],
    ['span.http.method?q={resource.service.name="payments"}', ['string:POST']],
    ['span.http.method?q={resource.service.name="payments" %26%26 span.http.method=}', ['string:POST']],
  ])('have the values of %s', async (tag, values) => {
    const [name, query] = tag.split('?');
    const body = (await (await get(`/api/v2/search/tag/${name}/values${query ? `?${query}` : ''}`)).json()) as {
      tagValues: { type: string; value: string }[];
    };
    expect(body.tagValues.map(({ type, value }) => `${type}:${value}`).sort()).toEqual(values);
  });

  test('of the first version are plain lists', async () => {
    expect(await (await get('/api/search/tag/service.name/values')).json()).toMatchObject({
      tagValues: ['gateway', 'orders', 'payments'],
    });
    const { tagNames } = (await (await get('/api/search/tags')).json()) as { tagNames: string[] };
    expect(tagNames).toContain('http.method');
    expect(tagNames).not.toContain('rootName');
  });
});

test('a POST is answered by the parameters of its address, other methods are refused', async () => {
  const { app } = createTempoApi(store.reader, () => base + 30_000);
  for (const path of [`/api/search?q={}&${range}`, '/api/v2/search/tags', `/api/metrics/query?q={}|rate()&${range}`]) {
    const [got, posted] = [await app.request(path), await app.request(path, { method: 'POST' })];
    expect([posted.status, await posted.text()]).toEqual([200, await got.text()]);
    const deleted = await app.request(path, { method: 'DELETE' });
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
  }
});

test('a request whose time is over is no fault of the engine', async () => {
  const faults: string[] = [];
  const { app } = createTempoApi(
    store.reader,
    () => base + 30_000,
    (where) => faults.push(where),
  );
  const signal = AbortSignal.abort(new DeadlineExceeded(10));
  const answer = await app.fetch(new Request(`http://localhost/api/search?q={}&${range}`, { signal }));
  expect(answer.status).toBe(499);
  expect(faults).toEqual([]);
});

test('the small endpoints answer', async () => {
  expect(await (await get('/api/echo')).text()).toBe('echo');
  expect((await get('/ready')).status).toBe(200);
  expect(await (await get('/api/status/buildinfo')).json()).toMatchObject({ revision: 'embedded' });
});
