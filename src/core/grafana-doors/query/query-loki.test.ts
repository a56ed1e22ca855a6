import { afterEach, describe, expect, it } from 'vitest';
import { openTestDoors, type TestDoors, testNow } from '../test-doors';

let doors: TestDoors;
afterEach(() => doors.close());

const vector = (result: object[]) => ({ status: 'success', data: { resultType: 'vector', result } });
const seconds = testNow / 1000;

describe('a LogQL query', () => {
  it('for lines becomes one frame with labels, their kinds, nanoseconds and ids', async () => {
    doors = await openTestDoors({
      '/loki/api/v1/query_range': [
        200,
        {
          status: 'success',
          data: {
            resultType: 'streams',
            encodingFlags: ['categorize-labels'],
            result: [
              {
                stream: { service_name: 'shop', app: 'x' },
                values: [
                  ['1772366400000000123', 'hello', { structuredMetadata: { trace_id: 'ab' }, parsed: { took: '3' } }],
                  ['1772366400000000123', 'hello', { structuredMetadata: { trace_id: 'ab' }, parsed: { took: '3' } }],
                ],
              },
            ],
            stats: { summary: { totalLinesProcessed: 2, execTime: 0.5 } },
          },
        },
      ],
    });
    const { body } = await doors.query('loki', [{ refId: 'A', expr: '{app="x"}', maxLines: 50, intervalMs: 60_000 }]);
    const [asked] = doors.api.asked;
    expect(asked!.headers['x-loki-response-encoding-flags']).toBe('categorize-labels');
    expect(Object.fromEntries(asked!.parameters)).toEqual({
      query: '{app="x"}',
      direction: 'backward',
      limit: '50',
      start: `${testNow - 600_000}000000`,
      end: `${testNow}000000`,
      step: '60000ms',
    });
    const labels = { app: 'x', service_name: 'shop', took: '3', trace_id: 'ab' };
    const [frame] = body.results.A!.frames;
    expect(frame!.schema.meta).toMatchObject({
      custom: { frameType: 'LabeledTimeValues' },
      executedQueryString: 'Expr: {app="x"}',
      stats: expect.arrayContaining([
        { displayName: 'Summary: total lines processed', value: 2 },
        { displayName: 'Summary: exec time', unit: 's', value: 0.5 },
      ]),
    });
    expect(frame!.schema.fields.map(({ name }) => name)).toEqual([
      'labels',
      'Time',
      'Line',
      'tsNs',
      'labelTypes',
      'id',
    ]);
    expect(frame!.data.values).toEqual([
      [labels, labels],
      [testNow, testNow],
      ['hello', 'hello'],
      ['1772366400000000123', '1772366400000000123'],
      [
        { app: 'I', service_name: 'I', took: 'P', trace_id: 'S' },
        { app: 'I', service_name: 'I', took: 'P', trace_id: 'S' },
      ],
      [expect.stringMatching(/^1772366400000000123_[0-9a-f]{1,8}$/), expect.stringMatching(/_1$/)],
    ]);
    expect(Object.keys(frame!.data.values[0]![0] as object)).toEqual(Object.keys(labels));
    expect(frame!.data.nanos).toEqual([null, [123, 123], null, null, null, null]);
  });

  it('of numbers becomes series, and its refusal says what Loki said', async () => {
    doors = await openTestDoors({
      '/loki/api/v1/query': [200, vector([{ metric: { app: 'x' }, value: [seconds, '4'] }])],
      '/loki/api/v1/query_range': [400, 'parse error at line 1, col 9'],
    });
    const { status, body } = await doors.query('loki', [
      { refId: 'A', expr: 'sum(rate({app="x"}[$__auto]))', queryType: 'instant' },
      { refId: 'B', expr: '{app="x"' },
    ]);
    expect(status).toBe(400);
    expect(doors.api.asked.find(({ path }) => path === '/loki/api/v1/query')!.parameters.get('query')).toBe(
      'sum(rate({app="x"}[600s]))',
    );
    expect(body.results.A!.frames[0]!.schema).toEqual({
      refId: 'A',
      meta: {
        type: 'numeric-multi',
        typeVersion: [0, 1],
        executedQueryString: 'Expr: sum(rate({app="x"}[600s]))',
      },
      fields: [
        { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' } },
        {
          name: 'Value',
          type: 'number',
          typeInfo: { frame: 'float64' },
          labels: { app: 'x' },
          config: { displayNameFromDS: '{app="x"}' },
        },
      ],
    });
    expect(body.results.B).toEqual({
      error: 'parse error at line 1, col 9',
      errorSource: 'downstream',
      status: 400,
      frames: [],
    });
  });
});
