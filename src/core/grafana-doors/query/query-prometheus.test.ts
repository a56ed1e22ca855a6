import { afterEach, describe, expect, it } from 'vitest';
import { openTestDoors, type TestDoors, testNow } from '../test-doors';

let doors: TestDoors;
afterEach(() => doors.close());

const matrix = (result: object[]) => ({ status: 'success', data: { resultType: 'matrix', result } });
const vector = (result: object[]) => ({ status: 'success', data: { resultType: 'vector', result } });
const seconds = testNow / 1000;

describe('a PromQL query', () => {
  it('over a range becomes one frame a series, in steps on multiples of the interval', async () => {
    doors = await openTestDoors({
      '/api/v1/query_range': [
        200,
        matrix([
          {
            metric: { __name__: 'up', job: 'shop' },
            values: [
              [seconds - 60, '1'],
              [seconds, 'NaN'],
            ],
          },
          { metric: { job: 'a "b"' }, values: [[seconds, '+Inf']] },
        ]),
      ],
    });
    const { status, body } = await doors.query('prometheus', [{ refId: 'A', expr: 'up', intervalMs: 60_000 }], {
      from: String(testNow - 600_001),
      to: String(testNow + 1),
    });
    expect(status).toBe(200);
    expect(doors.api.asked[0]).toMatchObject({ method: 'POST', path: '/api/v1/query_range' });
    expect(Object.fromEntries(doors.api.asked[0]!.parameters)).toEqual({
      query: 'up',
      start: String(seconds - 660),
      end: String(seconds),
      step: '60',
    });
    expect(body).toEqual({
      results: {
        A: {
          status: 200,
          frames: [
            {
              schema: {
                refId: 'A',
                meta: {
                  type: 'timeseries-multi',
                  typeVersion: [0, 1],
                  custom: { calculatedMinStep: 60_000, resultType: 'matrix' },
                  executedQueryString: 'Expr: up\nStep: 1m0s',
                },
                fields: [
                  { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' }, config: { interval: 60_000 } },
                  {
                    name: 'up',
                    type: 'number',
                    typeInfo: { frame: 'float64' },
                    labels: { __name__: 'up', job: 'shop' },
                    config: { displayNameFromDS: 'up{job="shop"}' },
                  },
                ],
              },
              data: {
                values: [
                  [testNow - 60_000, testNow],
                  [1, null],
                ],
                entities: [null, { NaN: [1] }],
              },
            },
            {
              schema: {
                refId: 'A',
                meta: {
                  type: 'timeseries-multi',
                  typeVersion: [0, 1],
                  custom: { calculatedMinStep: 60_000, resultType: 'matrix' },
                },
                fields: [
                  { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' }, config: { interval: 60_000 } },
                  {
                    name: 'Value',
                    type: 'number',
                    typeInfo: { frame: 'float64' },
                    labels: { job: 'a "b"' },
                    config: { displayNameFromDS: '{job="a \\"b\\""}' },
                  },
                ],
              },
              data: { values: [[testNow], [null]], entities: [null, { Inf: [0] }] },
            },
          ],
        },
      },
    });
  });

  it('at one time is asked at the end of the range, and says with an empty frame that there is nothing', async () => {
    doors = await openTestDoors({ '/api/v1/query': [200, vector([])] });
    const { body } = await doors.query('prometheus', [{ refId: 'X', expr: 'absent_metric', instant: true }]);
    expect(Object.fromEntries(doors.api.asked[0]!.parameters)).toEqual({
      query: 'absent_metric',
      time: String(seconds),
    });
    expect(body.results.X).toEqual({
      status: 200,
      frames: [
        {
          schema: {
            refId: 'X',
            meta: { typeVersion: [0, 0], executedQueryString: 'Expr: absent_metric\nStep: 15s' },
            fields: [],
          },
          data: { values: [] },
        },
      ],
    });
  });

  it('has its variables filled in, and its legend', async () => {
    doors = await openTestDoors({
      '/api/v1/query_range': [200, matrix([{ metric: { job: 'shop', le: '1' }, values: [[seconds, '2']] }])],
    });
    const expr = `rate(x[$__rate_interval]) + \${__range_s} + $__interval_ms + sum_over_time(y[$__interval])`;
    const { body } = await doors.query('prometheus', [
      { refId: 'A', expr, intervalMs: 30_000, legendFormat: '{{ job }}-{{missing}}' },
    ]);
    expect(doors.api.asked[0]!.parameters.get('query')).toBe('rate(x[1m0s]) + 600 + 30000 + sum_over_time(y[30s])');
    expect(body.results.A!.frames[0]!.schema.fields[1]!.config).toEqual({ displayNameFromDS: 'shop-' });
  });

  it('that is refused fails alone, in Grafana’s shape, and makes the answer a 400', async () => {
    doors = await openTestDoors({
      '/api/v1/query_range': [400, { status: 'error', errorType: 'bad_data', error: '1:3: parse error' }],
      '/api/v1/query': [200, vector([{ metric: {}, value: [seconds, '3'] }])],
    });
    const { status, body } = await doors.query('prometheus', [
      { refId: 'A', expr: 'up{' },
      { refId: 'B', expr: '1 + 2', instant: true },
      { refId: 'C', expr: 'hidden', hide: true },
    ]);
    expect(status).toBe(400);
    expect(Object.keys(body.results)).toEqual(['A', 'B']);
    expect(body.results.A).toMatchObject({
      error: 'bad_data: 1:3: parse error',
      errorSource: 'downstream',
      status: 400,
      frames: [{ schema: { refId: 'A', fields: [] } }],
    });
    expect(body.results.B!.frames[0]!).toMatchObject({
      schema: {
        meta: { type: 'numeric-multi', custom: { resultType: 'vector' } },
        fields: [{}, { name: 'Value', labels: {}, config: { displayNameFromDS: '1 + 2' } }],
      },
      data: { values: [[testNow], [3]] },
    });
  });

  it('of native histograms becomes cells, and warnings become notices', async () => {
    doors = await openTestDoors({
      '/api/v1/query': [
        200,
        {
          ...vector([
            { metric: { job: 'a' }, histogram: [seconds, { count: '3', sum: '1', buckets: [[0, '1', '2', '3']] }] },
          ]),
          warnings: ['careful'],
          infos: ['by the way'],
        },
      ],
    });
    const { body } = await doors.query('prometheus', [{ refId: 'A', expr: 'h', instant: true }]);
    expect(body.results.A!.frames[0]!).toMatchObject({
      schema: {
        meta: {
          type: 'heatmap-cells',
          notices: [
            { severity: 'warning', text: 'careful' },
            { severity: 'info', text: 'by the way' },
          ],
        },
        fields: [
          { name: 'xMax' },
          { name: 'yMin', labels: { job: 'a' } },
          { name: 'yMax' },
          { name: 'count' },
          { name: 'yLayout' },
        ],
      },
      data: { values: [[testNow], [1], [2], [3], [0]] },
    });
  });
});
