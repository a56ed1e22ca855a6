import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestLogs, testStartNs } from './test-logs';

const double = (doubleValue: number | string) => ({ doubleValue });
const array = (...values: object[]) => ({ arrayValue: { values } });
const map = (values: Record<string, object>) => ({
  kvlistValue: { values: Object.entries(values).map(([key, value]) => ({ key, value })) },
});

// The lines and labels are those of Loki's own OTLP endpoint.
const bodies: readonly (readonly [object, string])[] = [
  [map({ b: double(2.5), price: double(2) }), '{"b":2.5,"price":2}'],
  [array(double(2), double(1e-7), double(1e20), double(1e21)), '[2,1e-7,100000000000000000000,1e+21]'],
  [map({ in: map({ q: array(double(3)) }), text: { stringValue: '2.0,' } }), '{"in":{"q":[3]},"text":"2.0,"}'],
  [double(2), '2'],
  [double(1e21), '1e+21'],
  [double('NaN'), 'NaN'],
  [{ stringValue: '[2.0]' }, '[2.0]'],
];
const attributes = [
  { key: 'list', value: array(double(2), map({ z: double(1) })) },
  {
    key: 'map',
    value: map({ d: double(2), i: { intValue: '9007199254740993' }, in: map({ q: array(double(3)) }), n: {} }),
  },
  { key: 'top', value: double(2) },
];

describe('doubles in arrays and maps', () => {
  let logs: Awaited<ReturnType<typeof openTestLogs>>;
  beforeAll(async () => {
    logs = await openTestLogs();
    const logRecords = bodies.map(([body], at) => ({
      timeUnixNano: String(testStartNs + BigInt(at)),
      body,
      attributes,
    }));
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] };
    await logs.store.ingestJson('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
  });
  afterAll(() => logs.close());

  const ask = async (query: string) => {
    const start = String(testStartNs - 1_000_000_000n);
    const answer = await logs.get('query_range', { query, start, direction: 'forward' });
    expect(answer.status, answer.text).toBe(200);
    return answer.json().data.result as { stream: Record<string, string>; values: [string, string][] }[];
  };
  const lines = async (query: string) =>
    (await ask(query))
      .flatMap(({ values }) => values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, line]) => line);
  const total = async (query: string) => {
    const time = String(testStartNs + 1_000_000_000n);
    const { data } = (await logs.get('query', { query: `sum(${query})`, time })).json();
    return Number(data.result[0]?.value[1] ?? 0);
  };

  it('are written without a fraction in lines, where texts stay as they are', async () => {
    expect(await lines('{service_name="api"}')).toEqual(bodies.map(([, line]) => line));
  });

  it('are found by what the line shows', async () => {
    expect(await lines('{service_name="api"} |= `"price":2}`')).toEqual([bodies[0]![1]]);
    expect(await lines('{service_name="api"} |~ `^\\[2,1e-7`')).toEqual([bodies[1]![1]]);
    expect(await lines('{service_name="api"} |= `"q":[3]`')).toEqual([bodies[2]![1]]);
    expect(await lines('{service_name="api"} |= `2.0`')).toEqual([bodies[2]![1], bodies[6]![1]]);
    expect(await lines('{service_name="api"} | json | price="2"')).toEqual([bodies[0]![1]]);
  });

  it('are counted as the line shows', async () => {
    expect(await total('count_over_time({service_name="api"} |= `"price":2}` [5m])')).toBe(1);
    expect(await total('bytes_over_time({service_name="api"} |= `price` [5m])')).toBe(bodies[0]![1].length);
  });

  it('are written so in labels, and found by them', async () => {
    const [found] = await ask('{service_name="api"} |= `price`');
    expect(found!.stream).toMatchObject({
      list: '[2,{"z":1}]',
      map_d: '2',
      map_i: '9007199254740993',
      map_in_q: '[3]',
      top: '2',
    });
    expect(found!.stream).not.toHaveProperty('map_n');
    for (const filter of [
      'list=`[2,{"z":1}]`',
      'list=~`\\[2,.*`',
      'map_d="2"',
      'map_i="9007199254740993"',
      'top="2"',
    ]) {
      expect(await lines(`{service_name="api"} | ${filter}`), filter).toHaveLength(bodies.length);
      expect(await total(`count_over_time({service_name="api"} | ${filter} [5m])`), filter).toBe(bodies.length);
    }
    expect(await lines('{service_name="api"} | list!=`[2,{"z":1}]`')).toEqual([]);
    expect(await lines('{service_name="api"} | map!=""')).toEqual([]);
  });
});
