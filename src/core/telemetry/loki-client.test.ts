import { afterEach, describe, expect, it } from 'vitest';
import { LokiClient } from './loki-client';
import { openScriptedBackend, type ScriptedBackend } from './request/scripted-backend';
import { TempoClient } from './tempo-client';

const window = { from: 1_700_000_000_500, to: 1_700_000_900_200 };
let backend: ScriptedBackend | undefined;
afterEach(async () => {
  await backend?.close();
  backend = undefined;
});

async function open(...script: Parameters<typeof openScriptedBackend>) {
  backend = await openScriptedBackend(...script);
  return backend;
}

describe('LokiClient', () => {
  const streams = (...values: [string, string][]) => ({
    status: 'success',
    data: {
      resultType: 'streams',
      result: [{ stream: { service_name: 'shop', severity_text: 'ERROR2', trace_id: 'abc', span_id: 'def' }, values }],
      stats: {},
    },
  });

  it('reads lines with level, service and trace, and keeps nanoseconds exact', async () => {
    const { base, asked } = await open({
      '/loki/api/v1/query_range': [200, streams(['1700000000000000001', 'a'], ['1700000000000000003', 'b'])],
    });
    const records = await new LokiClient(() => ({ base })).query('{service_name="shop"}', window, 10, 'backward');
    expect(records.map(({ timeNs }) => timeNs)).toEqual(['1700000000000000003', '1700000000000000001']);
    expect(records[0]).toMatchObject({ line: 'b', level: 'error', service: 'shop', traceId: 'abc', spanId: 'def' });
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/loki/api/v1/query_range' });
    expect(asked[0]!.parameters.get('start')).toBe('1700000000500000000');
  });

  it('asks for the neighbours of a line by the labels of its stream alone', async () => {
    const { base, asked } = await open({
      '/loki/api/v1/labels': [200, { status: 'success', data: ['service_name'] }],
      '/loki/api/v1/query_range': [200, streams(['1700000000000000001', 'a'])],
    });
    const labels = { service_name: 'a "b"', trace_id: 'abc' };
    await new LokiClient(() => ({ base })).context(labels, '1700000000000000001', 5);
    const queries = asked
      .filter(({ path }) => path.endsWith('query_range'))
      .map(({ parameters }) => parameters.get('query'));
    expect(queries).toEqual([String.raw`{service_name="a \"b\""}`, String.raw`{service_name="a \"b\""}`]);
  });

  it('counts lines a step by level', async () => {
    const matrix = [{ metric: { detected_level: 'error' }, values: [[1700000000, '3']] }];
    const { base, asked } = await open({
      '/loki/api/v1/query_range': [200, { status: 'success', data: { resultType: 'matrix', result: matrix } }],
    });
    const series = await new LokiClient(() => ({ base })).volume('', window, 15);
    expect(series).toEqual([{ labels: { detected_level: 'error' }, values: [[1700000000, '3']] }]);
    expect(asked[0]!.parameters.get('query')).toBe(
      'sum by (detected_level) (count_over_time({service_name=~".+", service_name!="watchtower-probe"} [15s]))',
    );
  });

  it('counts the lines of each service by level, at the end of the window and over all of it', async () => {
    const series = (labels: object, count: string) => ({ metric: labels, value: [1_700_000_900, count] });
    const { base, asked } = await open({
      '/loki/api/v1/query': [
        200,
        {
          data: {
            result: [
              series({ service_name: 'shop', detected_level: 'ERROR' }, '3'),
              series({ service_name: 'shop' }, '4'),
              series({ detected_level: 'info' }, '1'),
            ],
          },
        },
      ],
    });
    const lines = await new LokiClient(() => ({ base })).countByService({
      from: 1_700_000_600_000,
      to: 1_700_000_900_000,
    });
    expect(lines).toEqual([
      { service: 'shop', level: 'error', lines: 3 },
      { service: 'shop', level: 'unknown', lines: 4 },
      { service: '', level: 'info', lines: 1 },
    ]);
    expect(asked[0]!.parameters.get('time')).toBe('1700000900000000000');
    expect(asked[0]!.parameters.get('query')).toContain('[300s]');
  });

  it('tails traces, and tells each time where it begins: what came before is to be searched for', async () => {
    const { base, sockets } = await open({});
    const stop = new AbortController();
    const tail = new TempoClient(() => ({ base })).tail('{}', stop.signal);
    const beginning = { traces: [], dropped: 0, opened: true };
    expect((await tail.next()).value).toEqual(beginning);
    const told = { traces: [{ traceId: 'a' }], dropped: 0 };
    sockets[0]!.send(JSON.stringify(told));
    expect((await tail.next()).value).toEqual(told);
    sockets[0]!.terminate();
    expect((await tail.next()).value).toEqual(beginning);
    // A slow reader is told as well.
    sockets[1]!.send(JSON.stringify(told));
    sockets[1]!.terminate();
    await expect.poll(() => sockets.length).toBe(3);
    await expect.poll(async () => (await tail.next()).value).toMatchObject({ opened: true });
    stop.abort();
  });

  it('tails lines, and after a lost connection goes on behind the last one', async () => {
    const { base, asked, sockets } = await open({});
    const stop = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('{service_name="shop"}', stop.signal);
    const beginning = { records: [], dropped: 0, opened: true };
    expect((await tail.next()).value).toEqual(beginning);
    const first = tail.next();
    const line = (ns: string) => JSON.stringify({ streams: [{ stream: { level: 'warn' }, values: [[ns, 'x']] }] });
    sockets[0]!.send(line('4000000000000000001'));
    expect((await first).value).toMatchObject({
      records: [{ timeNs: '4000000000000000001', level: 'warn' }],
      dropped: 0,
    });
    sockets[0]!.terminate();
    expect((await tail.next()).value).toEqual(beginning);
    const second = tail.next();
    expect(asked.at(-1)!.parameters.get('start')).toBe('4000000000000000002');
    sockets[1]!.send(line('4000000000000000009'));
    expect((await second).value.records).toHaveLength(1);
    const last = tail.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });

  it('asks for the level, the trace and the attributes of live lines, which a Loki leaves out otherwise', async () => {
    const { base, asked, sockets } = await open({});
    const stop = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('{service_name="shop"}', stop.signal);
    await tail.next();
    const first = tail.next();
    expect(asked[0]!.headers['x-loki-response-encoding-flags']).toBe('categorize-labels');
    const metadata = { structuredMetadata: { detected_level: 'error', trace_id: 'abc' } };
    const streams = [{ stream: { service_name: 'shop' }, values: [['4000000000000000001', 'x', metadata]] }];
    sockets[0]!.send(JSON.stringify({ streams, encodingFlags: ['categorize-labels'] }));
    expect((await first).value.records).toMatchObject([{ level: 'error', traceId: 'abc', service: 'shop' }]);
    stop.abort();
  });

  it('holds a bounded number of lines for a slow reader and counts the others', async () => {
    const { base, sockets } = await open({});
    const stop = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('', stop.signal);
    await tail.next();
    const first = tail.next();
    const values = Array.from({ length: 4000 }, (_, index) => [String(10n ** 18n + BigInt(index)), 'x']);
    const message = JSON.stringify({ streams: [{ stream: {}, values }], dropped_entries: [{}] });
    sockets[0]!.send(message);
    await first;
    for (let sent = 0; sent < 3; sent++) sockets[0]!.send(message);
    sockets[0]!.ping();
    await new Promise((resolve) => sockets[0]!.once('pong', resolve));
    const { value } = await tail.next();
    expect(value.records).toHaveLength(5000);
    expect(value.dropped).toBe(7000 + 3);
    stop.abort();
  });

  it('ends a tail with the reason when the query is refused, before or after the upgrade', async () => {
    const refused = { kind: 'refused', message: 'parse error at line 1, col 2: syntax error', position: 1 };
    const signal = new AbortController().signal;
    const early = await open({}, [400, refused.message]);
    await expect(new LokiClient(() => ({ base: early.base })).tail('{', signal).next()).rejects.toMatchObject(refused);
    await early.close();
    const late = await open({});
    const tail = new LokiClient(() => ({ base: late.base })).tail('{', signal);
    await tail.next();
    const next = tail.next();
    late.sockets[0]!.close(1008, refused.message);
    await expect(next).rejects.toMatchObject(refused);
  });
});
