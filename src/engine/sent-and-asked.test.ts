import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineConfig, EngineMessage, EnginePorts } from '../shared/engine-messages';
import { buildTestPrograms } from './build-test-programs';
import { encodeOtlpJson } from './otlp/json/encode-otlp-json';

// A whole engine in a process of its own: what is sent as JSON over HTTP, and what its three APIs answer.

let programs: Awaited<ReturnType<typeof buildTestPrograms>>;
let dataDir: string;
let engine: ChildProcess;
let ports: EnginePorts;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-asked-'));
  const config: EngineConfig = {
    dataDir,
    host: '127.0.0.1',
    ports: { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 },
    retention: { maxAgeHours: 72, maxBytes: 2 ** 31 },
  };
  programs = await buildTestPrograms();
  engine = fork(programs.engine, [JSON.stringify(config)]);
  ports = await new Promise<EnginePorts>((resolve, reject) => {
    let listening: EnginePorts;
    engine.on('message', (message: EngineMessage) => {
      if (message.type === 'listening') listening = message.ports;
      if (message.type === 'ready') resolve(listening);
      if (message.type === 'fatal') reject(new Error(message.problem.message));
    });
    engine.once('exit', (code) => reject(new Error(`the engine ended with ${code}`)));
  });
}, 60_000);
afterAll(async () => {
  engine.kill('SIGKILL');
  if (engine.exitCode === null && engine.signalCode === null) await once(engine, 'exit');
  programs.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

type Signal = 'traces' | 'logs' | 'metrics';
const now = () => BigInt(Date.now()) * 1_000_000n;
/** Not with a zero first, which Tempo's search leaves away. */
const id = (bytes: number) => `a${randomBytes(bytes).toString('hex').slice(1)}`;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const resource = (service: string) => ({ attributes: [text('service.name', service)] });

/** `body` as it stands: JSON.stringify would write a number as a double. */
async function send(signal: Signal, body: string | object): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`http://127.0.0.1:${ports.otlpHttp}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

const sendSpans = (service: string, ...spans: object[]) =>
  send('traces', { resourceSpans: [{ resource: resource(service), scopeSpans: [{ spans }] }] });
const sendLogs = (service: string, ...logRecords: object[]) =>
  send('logs', { resourceLogs: [{ resource: resource(service), scopeLogs: [{ logRecords }] }] });
const sendMetrics = (service: string, ...metrics: object[]) =>
  send('metrics', { resourceMetrics: [{ resource: resource(service), scopeMetrics: [{ metrics }] }] });

// biome-ignore lint/suspicious/noExplicitAny: the answers of three APIs, as their clients read them.
async function ask(port: number, path: string, parameters: Record<string, string> = {}): Promise<any> {
  const response = await fetch(`http://127.0.0.1:${port}${path}?${new URLSearchParams(parameters)}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${body}`);
  return JSON.parse(body);
}

const search = async (q: string) => (await ask(ports.tempo, '/api/search', { q })).traces;
const traceText = async (traceId: string) => JSON.stringify(await ask(ports.tempo, `/api/traces/${traceId}`));
const streams = async (query: string) =>
  (await ask(ports.loki, '/loki/api/v1/query_range', { query })).data.result as {
    stream: Record<string, string>;
    values: [string, string][];
  }[];
const samples = async (query: string, time?: string) =>
  (await ask(ports.prometheus, '/api/v1/query', { query, ...(time && { time }) })).data.result as {
    metric: Record<string, string>;
    value: [number, string];
    values: [number, string][];
  }[];
const patience = { timeout: 30_000 };

test('a sum without temporality is told before success is answered; its neighbour is kept', async () => {
  const timeUnixNano = String(now());
  const { status, answer } = await sendMetrics(
    'temporality',
    { name: 'a.count', sum: { isMonotonic: true, dataPoints: [{ asInt: '1', timeUnixNano }] } },
    { name: 'a.kept', gauge: { dataPoints: [{ asInt: '1', timeUnixNano }] } },
  );
  expect(status).toBe(200);
  expect(answer).toMatchObject({
    partialSuccess: { rejectedDataPoints: '1', errorMessage: expect.stringContaining('aggregationTemporality') },
  });
  const names = async () => (await samples('{job="temporality"}')).map(({ metric }) => metric.__name__);
  await expect.poll(names, patience).toEqual(['a_kept']);
});

test('64-bit integers that are JSON numbers arrive exact', async () => {
  const traceId = id(16);
  const start = (now() / 1_000_000_000n) * 1_000_000_000n + 123n;
  const span = `{"traceId":"${traceId}","spanId":"${id(8)}","name":"numbers","startTimeUnixNano":${start},
    "endTimeUnixNano":${start + 100n},"attributes":[{"key":"order","value":{"intValue":9007199254740993}}]}`;
  await send('traces', `{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`);
  await expect.poll(() => traceText(traceId).catch(() => ''), patience).toContain(`"${start + 100n}"`);
  expect(await traceText(traceId)).toContain(`"${start}"`);
  expect(await traceText(traceId)).toContain('"9007199254740993"');
});

test('TraceQL tells integers beyond 2^53 apart and answers them exactly', async () => {
  const times = { startTimeUnixNano: String(now()), endTimeUnixNano: String(now() + 1_000_000n) };
  const attributes = [{ key: 'exact.id', value: { intValue: '9007199254740993' } }];
  await sendSpans('integers', { traceId: id(16), spanId: id(8), name: 'big', ...times, attributes });
  const found = async (value: string) => JSON.stringify(await search(`{ span.exact.id = ${value} }`));
  await expect.poll(() => found('9007199254740993'), patience).toContain('"9007199254740993"');
  expect(await found('9007199254740992')).toBe('[]');
  expect(await found('9007199254740994')).toBe('[]');
});

test('TraceQL takes attribute names of any script, with words of the language and partly quoted', async () => {
  const traceId = id(16);
  const times = { startTimeUnixNano: String(now()), endTimeUnixNano: String(now() + 1_000_000n) };
  const pairs = { 'resource.id': '/sub/1', 'span.kind': 'x', 'with space': 'v', город: 'Омск' };
  const attributes = Object.entries(pairs).map(([key, value]) => text(key, value));
  await sendSpans('names', { traceId, spanId: id(8), name: 'names', ...times, attributes });
  for (const query of [
    '{span.resource.id="/sub/1"}',
    '{span.span.kind="x"}',
    '{span.with" "space="v"}',
    '{span.город="Омск"}',
    '{span."город"="Омск"}',
  ]) {
    const ids = async () => (await search(query)).map(({ traceID }: { traceID: string }) => traceID);
    await expect.poll(ids, { ...patience, message: query }).toContain(traceId);
  }
});

test('the same log line again without a time is another record', async () => {
  for (let times = 0; times < 3; times++) await sendLogs('repeated', { body: { stringValue: 'disk almost full' } });
  const lines = async () => (await streams('{service_name="repeated"}')).flatMap(({ values }) => values).length;
  await expect.poll(lines, patience).toBe(3);
});

test('a span without a start does not stretch its trace', async () => {
  const [traceId, parentSpanId, begin] = [id(16), id(8), now() - 2_000_000_000n];
  await sendSpans(
    'unknown-start',
    {
      traceId,
      spanId: parentSpanId,
      name: 'POST /chat',
      kind: 2,
      startTimeUnixNano: String(begin),
      endTimeUnixNano: String(begin + 1_500_000_000n),
    },
    {
      traceId,
      spanId: id(8),
      parentSpanId,
      name: 'llm call',
      kind: 3,
      startTimeUnixNano: '0',
      endTimeUnixNano: String(begin + 1_400_000_000n),
    },
  );
  await expect
    .poll(() => search('{resource.service.name="unknown-start"}'), patience)
    .toMatchObject([{ startTimeUnixNano: String(begin), durationMs: 1500 }]);
});

test('a log body of 70,003 bytes is whole, and found by the word at its end', async () => {
  const stringValue = `${'x'.repeat(70_000)}END`;
  await sendLogs('long', { timeUnixNano: String(now()), body: { stringValue } });
  const body = async () => (await streams('{service_name="long"} |= "xEND"'))[0]?.values[0]?.[1];
  await expect.poll(body, patience).toBe(stringValue);
});

test.each(['docker', 'containers', 'minikube', 'lima', 'rancher-desktop', 'orb'])(
  'telemetry is taken by the name host.%s.internal',
  async (name) => {
    const sent = request({
      host: '127.0.0.1',
      port: ports.otlpHttp,
      path: '/v1/traces',
      method: 'POST',
      headers: { host: `host.${name}.internal:4318`, 'content-type': 'application/json' },
    });
    sent.end('{}');
    const [response] = await once(sent, 'response');
    response.resume();
    expect(response.statusCode).toBe(200);
  },
);

test('a late delta point makes no counter fall, and the total is the sum of what was sent', async () => {
  const end = now();
  for (const [ago, value] of [
    [30n, '5'],
    [10n, '7'],
    [20n, '3'],
  ] as const) {
    const time = end - ago * 1_000_000_000n;
    const startTimeUnixNano = String(time - 10_000_000_000n);
    const point = { asInt: value, startTimeUnixNano, timeUnixNano: String(time) };
    const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints: [point] };
    await sendMetrics('late', { name: 'late.tokens', sum });
  }
  const values = async () =>
    (await samples('late_tokens_total[5m]'))[0]?.values.map(([, value]) => Number(value)) ?? [];
  await expect.poll(async () => (await values()).at(-1), patience).toBe(15);
  const all = await values();
  expect(all).toEqual([...all].sort((a, b) => a - b));
});

test('attribute keys of any script are kept under names of their own, in metrics and in logs', async () => {
  const attributes = [text('город', 'Омск'), text('страна', 'Россия')];
  const timeUnixNano = String(now());
  await sendMetrics('script', {
    name: 'script.orders',
    gauge: { dataPoints: [{ asInt: '3', timeUnixNano, attributes }] },
  });
  await sendLogs('script', { timeUnixNano, body: { stringValue: 'order placed' }, attributes });
  const labels = async () => Object.values((await samples('script_orders'))[0]?.metric ?? {});
  await expect.poll(labels, patience).toEqual(expect.arrayContaining(['Омск', 'Россия']));
  const stream = async () => Object.values((await streams('{service_name="script"}'))[0]?.stream ?? {});
  await expect.poll(stream, patience).toEqual(expect.arrayContaining(['Омск', 'Россия']));
});

/** The status of a unary call. */
async function callGrpc(path: string, message: Uint8Array): Promise<string> {
  const session = connect(`http://127.0.0.1:${ports.otlpGrpc}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  stream.end(frame);
  stream.resume();
  const [trailers] = await once(stream, 'trailers');
  session.close();
  return String(trailers['grpc-status']);
}

test('sixty spans of 100 kB and a log body of 1 MiB come whole over gRPC, and are found by a word at their end', async () => {
  const traceId = id(16);
  const prompt = (index: number) => `${`w${index} `.repeat(40_000).slice(0, 100_000)} needle${index}`;
  const spans = Array.from({ length: 60 }, (_, index) => ({
    ...{ traceId, spanId: id(8), name: 'chat', startTimeUnixNano: `${now()}`, endTimeUnixNano: `${now()}` },
    attributes: [text('gen_ai.input.messages', prompt(index))],
  }));
  const traces = { resourceSpans: [{ resource: resource('sixty'), scopeSpans: [{ spans }] }] };
  const service = '/opentelemetry.proto.collector';
  expect(await callGrpc(`${service}.trace.v1.TraceService/Export`, encodeOtlpJson('traces', traces))).toBe('0');
  const found = async () => (await search('{ span.gen_ai.input.messages =~ "(?s).* needle59" }'))[0]?.spanSet.matched;
  await expect.poll(found, patience).toBe(1);
  const whole = await traceText(traceId);
  expect(spans.filter((_, index) => whole.includes(JSON.stringify(prompt(index)))).length).toBe(60);

  const stringValue = `${'x'.repeat(1024 * 1024 - 7)} needle`;
  const logRecords = [{ timeUnixNano: `${now()}`, body: { stringValue } }];
  const logs = { resourceLogs: [{ resource: resource('long'), scopeLogs: [{ logRecords }] }] };
  expect(await callGrpc(`${service}.logs.v1.LogsService/Export`, encodeOtlpJson('logs', logs))).toBe('0');
  const line = async () => (await streams('{service_name="long"} |= "needle"'))[0]?.values[0]?.[1] === stringValue;
  await expect.poll(line, patience).toBe(true);
}, 60_000);
