import { afterEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from './open-test-store';
import type { Commit } from './reader/reader';

const TRACE = '5b8efff798038103d269b633813fc60c';
const stores: TestStore[] = [];

async function openStore(): Promise<TestStore> {
  const store = await openTestStore();
  stores.push(store);
  return store;
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

function tracesRequest(spans: object[], resource: object = { attributes: [text('service.name', 'checkout')] }): object {
  return {
    resourceSpans: [
      { resource, schemaUrl: 'https://example.com/r', scopeSpans: [{ scope: { name: 'lib', version: '1.2' }, spans }] },
    ],
  };
}

function text(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}

function span(id: string, more: object = {}): object {
  return {
    traceId: TRACE,
    spanId: id,
    name: 'GET /cart',
    kind: 2,
    startTimeUnixNano: '1700000000000000001',
    endTimeUnixNano: '1700000000250000001',
    ...more,
  };
}

describe('the store', () => {
  it('keeps every field of a span, its events and its links', async () => {
    const store = await openStore();
    await store.ingestJson(
      'traces',
      tracesRequest([
        span('eee19b7ec3c1b174', {
          parentSpanId: 'eee19b7ec3c1b173',
          traceState: 'a=1',
          flags: 257,
          attributes: [text('http.method', 'GET'), { key: 'n', value: { intValue: '9007199254740993' } }],
          droppedAttributesCount: 3,
          events: [{ timeUnixNano: '1700000000100000000', name: 'retry', attributes: [text('why', 'timeout')] }],
          droppedEventsCount: 4,
          links: [
            { traceId: TRACE, spanId: '0102030405060708', traceState: 'b=2', flags: 1, attributes: [text('l', 'x')] },
          ],
          droppedLinksCount: 5,
          status: { code: 2, message: 'went wrong' },
        }),
      ]),
    );
    const { database, dictionary } = store.reader;
    const [row] = await database.rows<Record<string, unknown>>('SELECT * FROM spans');
    const names = await dictionary.strings([
      row!.name as number,
      row!.status_message as number,
      row!.trace_state as number,
    ]);
    expect(row).toMatchObject({
      seq: 1n,
      trace_hi: 0x5b8efff798038103n,
      trace_lo: 0xd269b633813fc60cn,
      span_id: 0xeee19b7ec3c1b174n,
      parent_id: 0xeee19b7ec3c1b173n,
      start_ns: 1700000000000000001n,
      duration_ns: 250000000n,
      kind: 2,
      status: 2,
      flags: 257,
      events: 1,
      links: 1,
      dropped_attributes: 3,
      dropped_events: 4,
      dropped_links: 5,
    });
    expect([...names.values()].sort()).toEqual(['GET /cart', 'a=1', 'went wrong']);
    const attributes = await dictionary.attributes(row!.attributes as number[]);
    expect([...attributes.values()]).toEqual([
      { key: 'http.method', kind: 1, text: 'GET', number: null },
      { key: 'n', kind: 3, text: '9007199254740993', number: 9007199254740992 },
    ]);
    expect(dictionary.resources().get(row!.resource as number)).toMatchObject({ service: 'checkout' });
    expect(dictionary.scopes().get(row!.scope as number)).toMatchObject({ name: 'lib', version: '1.2' });
    const [event] = await database.rows<Record<string, unknown>>('SELECT * FROM span_events');
    expect(event).toMatchObject({ span_seq: 1n, time_ns: 1700000000100000000n });
    expect((await dictionary.strings([event!.name as number])).get(event!.name as number)).toBe('retry');
    const [link] = await database.rows<Record<string, unknown>>('SELECT * FROM span_links');
    expect(link).toMatchObject({ span_seq: 1n, trace_hi: 0x5b8efff798038103n, span_id: 0x0102030405060708n, flags: 1 });
  });

  it('keeps log records with bodies of every kind', async () => {
    const store = await openStore();
    const bodies = [
      { stringValue: 'höllo' },
      { intValue: 42 },
      { arrayValue: { values: [{ stringValue: 'a' }, { boolValue: true }] } },
      { kvlistValue: { values: [text('k', 'v')] } },
      { bytesValue: 'AAEC' },
    ];
    await store.ingestJson('logs', {
      resourceLogs: [
        {
          resource: {},
          scopeLogs: [
            {
              logRecords: [
                ...bodies.map((body) => ({
                  timeUnixNano: '1700000000000000005',
                  severityNumber: 9,
                  severityText: 'INFO',
                  body,
                })),
                {
                  observedTimeUnixNano: '1700000000000000007',
                  traceId: TRACE,
                  spanId: 'eee19b7ec3c1b174',
                  flags: 1,
                  eventName: 'login',
                },
              ],
            },
          ],
        },
      ],
    });
    const rows = await store.reader.database.rows<Record<string, unknown>>('SELECT * FROM logs ORDER BY seq');
    expect(rows.map((row) => [row.body_kind, row.body])).toEqual([
      [1, 'höllo'],
      [3, '42'],
      [5, '["a",true]'],
      [6, '{"k":"v"}'],
      [7, 'AAEC'],
      [0, ''],
    ]);
    expect(rows[0]).toMatchObject({ time_ns: 1_700_000_000_000_000_005n, observed_ns: 0n });
    expect(rows[5]).toMatchObject({
      time_ns: 1_700_000_000_000_000_007n,
      observed_ns: 1_700_000_000_000_000_007n,
      trace_hi: 0x5b8efff798038103n,
      flags: 1,
    });
    expect(store.reader.dictionary.resources().get(rows[0]!.resource as number)?.service).toBe('unknown_service');
  });

  it('keeps a span once that came in two requests, and a request once that came twice', async () => {
    const store = await openStore();
    await store.ingestJson('traces', tracesRequest([span('0000000000000001')]));
    await store.ingestJson('traces', tracesRequest([span('0000000000000001'), span('0000000000000002')]));
    const log = {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: '1', body: { stringValue: 'x' } }] }] }],
    };
    await store.ingestJson('logs', log);
    await store.ingestJson('logs', log);
    const [counts] = await store.reader.database.rows(
      'SELECT (SELECT count(*) FROM spans) AS s, (SELECT count(*) FROM logs) AS l',
    );
    expect(counts).toEqual({ s: 2n, l: 1n });
  });

  it('keeps 1,024 of 10,000 attributes, and counts the others', async () => {
    const store = await openStore();
    const many = Array.from({ length: 10_000 }, (_, i) => text(`key.${i}`, 'v'));
    await store.ingestJson('traces', tracesRequest([span('0000000000000001', { attributes: many })]));
    const spans = await store.reader.database.rows<{ kept: bigint; dropped_attributes: number }>(
      'SELECT len(attributes) AS kept, dropped_attributes FROM spans',
    );
    expect(spans).toEqual([{ kept: 1024n, dropped_attributes: 8976 }]);
  });

  it('tells listeners the rows of each commit', async () => {
    const store = await openStore();
    const commits: Commit[] = [];
    const unsubscribe = store.reader.commits.subscribe((commit) => commits.push(commit));
    await store.ingestJson('traces', tracesRequest([span('0000000000000001'), span('0000000000000002')]));
    unsubscribe();
    await store.ingestJson('traces', tracesRequest([span('0000000000000003')]));
    expect(commits).toEqual([{ spans: { from: 1n, to: 3n }, logs: { from: 1n, to: 1n } }]);
  });

  it('reads columns as typed arrays over many chunks, and parameters of every kind', async () => {
    const { database } = (await openStore()).reader;
    const { rowCount, columns } = await database.columns(
      `SELECT i::UBIGINT, i::DOUBLE / 2, CASE WHEN i % 2 = 0 THEN 'a string longer than twelve bytes ' || i END, [i::UINTEGER, 7::UINTEGER]
       FROM range(5000) r(i) WHERE i = ANY($1) OR i >= $2 OR i < $3`,
      [[1, 2], 10n, 1],
    );
    expect(rowCount).toBe(4993);
    expect((columns[0] as BigUint64Array)[4992]).toBe(4999n);
    expect((columns[1] as Float64Array)[3]).toBe(5);
    expect((columns[2] as string[]).slice(1, 4)).toEqual([
      null,
      'a string longer than twelve bytes 2',
      'a string longer than twelve bytes 10',
    ]);
    expect((columns[3] as number[][])[4992]).toEqual([4999, 7]);
  });

  it('interrupts a query when its signal aborts', async () => {
    const { database } = (await openStore()).reader;
    const abort = new AbortController();
    const query = database.rows('SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(1000000) b(i)', [], {
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(new Error('no longer wanted')), 20);
    await expect(query).rejects.toThrow('no longer wanted');
  });
});
