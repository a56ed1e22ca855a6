import { afterEach, describe, expect, it } from 'vitest';
import { openTestDoors, type TestDoors, testNow } from '../test-doors';

let doors: TestDoors;
afterEach(() => doors.close());

const seconds = testNow / 1000;

describe('a TraceQL query', () => {
  it('becomes a table of traces, newest first', async () => {
    doors = await openTestDoors({
      '/api/search': [
        200,
        {
          traces: [
            { traceID: 'a', rootServiceName: 's', rootTraceName: 'old', startTimeUnixNano: '1772366390000000000' },
            {
              traceID: 'b',
              rootServiceName: 's',
              rootTraceName: 'new',
              startTimeUnixNano: '1772366391000000007',
              durationMs: 5,
            },
          ],
        },
      ],
    });
    const { body } = await doors.query('tempo', [
      { refId: 'A', queryType: 'traceql', query: '{ name = "x" }', limit: 20 },
    ]);
    expect(Object.fromEntries(doors.api.asked[0]!.parameters)).toEqual({
      q: '{ name = "x" }',
      limit: '20',
      start: String(seconds - 600),
      end: String(seconds),
    });
    expect(body.results.A!.frames[0]!.data.values).toEqual([
      ['b', 'a'],
      [1772366391000, 1772366390000],
      ['s', 's'],
      ['new', 'old'],
      [5, null],
    ]);
  });

  it('for numbers becomes series named after their labels', async () => {
    const label = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    doors = await openTestDoors({
      '/api/metrics/query_range': [
        200,
        {
          series: [
            {
              labels: [label('resource.service.name', 'shop')],
              samples: [{ timestampMs: String(testNow), value: 0.5 }],
            },
            { labels: [label('a', '1'), { key: 'b', value: { intValue: '2' } }], samples: [] },
          ],
        },
      ],
    });
    const { body } = await doors.query('tempo', [{ refId: 'A', query: '{} | rate() by (resource.service.name)' }]);
    const [first, second] = body.results.A!.frames;
    expect(first).toMatchObject({
      schema: {
        name: 'shop',
        refId: 'shop',
        fields: [{ name: 'time' }, { labels: { 'resource.service.name': '"shop"' } }],
      },
      data: { values: [[testNow], [0.5]] },
    });
    expect(second!.schema.name).toBe('{a="1", b=2}');
  });

  it('for one trace becomes its spans, and a kind that is not there is refused by its name', async () => {
    doors = await openTestDoors({
      '/api/traces/00ff': [
        200,
        {
          batches: [
            {
              resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
              scopeSpans: [
                {
                  scope: { name: 'lib', version: '2' },
                  spans: [
                    {
                      traceId: 'AAAAAAAAAAAAAAAAAAAA/w==',
                      spanId: 'AAAAAAAAAAE=',
                      name: 'pay',
                      kind: 'SPAN_KIND_SERVER',
                      startTimeUnixNano: '1772366400000500000',
                      endTimeUnixNano: '1772366400002000000',
                      attributes: [{ key: 'n', value: { intValue: '3' } }],
                      events: [{ timeUnixNano: '1772366400001000000', name: 'exception' }],
                      status: { code: 'STATUS_CODE_ERROR', message: 'no' },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    const { status, body } = await doors.query('tempo', [
      { refId: 'A', queryType: 'traceql', query: '00ff' },
      { refId: 'B', queryType: 'serviceMap' },
    ]);
    expect(status).toBe(400);
    const { schema, data } = body.results.A!.frames[0]!;
    const row = Object.fromEntries(schema.fields.map(({ name }, index) => [name, data.values[index]![0]]));
    expect(row).toEqual({
      traceID: '00000000000000ff',
      spanID: '0000000000000001',
      parentSpanID: '',
      operationName: 'pay',
      serviceName: 'shop',
      serviceNamespace: '',
      kind: 'server',
      statusCode: 2,
      statusMessage: 'no',
      instrumentationLibraryName: 'lib',
      instrumentationLibraryVersion: '2',
      traceState: '',
      serviceTags: [{ key: 'service.name', value: 'shop' }],
      startTime: 1772366400000.5,
      duration: 1.5,
      logs: [{ timestamp: 1772366400001, name: 'exception', fields: [] }],
      references: null,
      tags: [{ key: 'n', value: 3 }],
    });
    expect(body.results.B!.error).toBe("unsupported query type: 'serviceMap' for query with refID 'B'");
  });
});
