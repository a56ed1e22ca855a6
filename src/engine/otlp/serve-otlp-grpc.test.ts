import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalUnavailable } from '../journal/journal-writer-port';
import { BodyThread } from './body/body-thread';
import { MemoryBudget } from './body/memory-budget';
import type { Intake } from './intake';
import { encodeOtlpJson } from './json/encode-otlp-json';
import { serveOtlp } from './serve-otlp';
import { openTestReceivers, type TestReceivers } from './test-receivers';

const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const GZIP = 2;
const good = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'GET /' };
const request = (...spans: object[]) => encodeOtlpJson('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });

let receivers: TestReceivers;
let client: Client;
const makeClient = (options = {}) =>
  new Client(`127.0.0.1:${receivers.grpcPort}`, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
    ...options,
  });

beforeEach(async () => {
  receivers = await openTestReceivers();
  client = makeClient();
});
afterEach(async () => {
  client.close();
  await receivers.close();
});

/** Resolves with the response's bytes as hex; rejects with the ServiceError. */
function send(body: Uint8Array, { path = TRACES, by = client, deadlineMs = 10_000 } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const deadline = { deadline: Date.now() + deadlineMs };
    const serialize = (bytes: Uint8Array) => Buffer.from(bytes);
    by.makeUnaryRequest(
      path,
      serialize,
      (bytes) => bytes,
      body,
      new Metadata(),
      deadline,
      (error, answer) => (error ? reject(error) : resolve((answer ?? Buffer.alloc(0)).toString('hex'))),
    );
  });
}

test.each([
  ['traces', TRACES, request(good)],
  [
    'logs',
    '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
    encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'x' } }] }] }] }),
  ],
  [
    'metrics',
    '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
    encodeOtlpJson('metrics', {
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', gauge: { dataPoints: [{ asDouble: 1 }] } }] }] }],
    }),
  ],
])('%s are journalled as they came and answered with an empty message', async (signal, path, body) => {
  expect(await send(body, { path })).toBe('');
  expect(receivers.journal).toEqual([{ signal, payload: Uint8Array.from(body) }]);
});

test('an empty request succeeds and is not journalled', async () => {
  expect(await send(new Uint8Array(0))).toBe('');
  expect(receivers.journal).toEqual([]);
});

test('another service is UNIMPLEMENTED', async () => {
  const path = '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export';
  await expect(send(request(good), { path })).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
});

test('gzip requests are accepted', async () => {
  const zipping = makeClient({ 'grpc.default_compression_algorithm': GZIP });
  const spans = Array.from({ length: 500 }, () => good);
  await send(request(...spans), { by: zipping });
  zipping.close();
  expect(receivers.counters.accepted.spans).toBe(500);
});

test('undecodable is INVALID_ARGUMENT', async () => {
  await expect(send(Buffer.from('hello world'))).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
});

test('spans without valid ids are rejected alone, in partial_success', async () => {
  const answer = Buffer.from(await send(request(good, { ...good, traceId: '' })), 'hex');
  expect(answer.subarray(2, 4).toString('hex')).toBe('0801');
  expect(answer.toString()).toContain('1 of 2 rejected');
});

test('more than 64 MiB is RESOURCE_EXHAUSTED without RetryInfo, also as a gzip bomb, and others stay served', async () => {
  const large = Buffer.alloc(64 * 1024 * 1024 + 1);
  const refused = (await send(large).catch((error: ServiceError) => error)) as ServiceError;
  expect(refused.code).toBe(status.RESOURCE_EXHAUSTED);
  expect(refused.details).toContain('larger than 67108864 bytes');
  expect(refused.metadata.get('grpc-status-details-bin')).toEqual([]);
  const zipping = makeClient({ 'grpc.default_compression_algorithm': GZIP });
  await expect(send(Buffer.alloc(100 * 1024 * 1024), { by: zipping })).rejects.toMatchObject({
    code: status.RESOURCE_EXHAUSTED,
  });
  zipping.close();
  expect(await send(request(good))).toBe('');
});

test('a message of many megabytes is accepted', async () => {
  const text = 'x'.repeat(30 * 1024 * 1024);
  expect(await send(request({ ...good, attributes: [{ key: 'k', value: { stringValue: text } }] }))).toBe('');
  expect(receivers.counters.accepted.bytes).toBeGreaterThan(text.length);
});

test('overload and a full disk are UNAVAILABLE with RetryInfo', async () => {
  receivers.pressureMs = 1500;
  const overload = (await send(request(good)).catch((error: ServiceError) => error)) as ServiceError;
  expect(overload.code).toBe(status.UNAVAILABLE);
  const details = overload.metadata.get('grpc-status-details-bin')[0] as Buffer;
  expect(details.toString('latin1')).toContain('type.googleapis.com/google.rpc.RetryInfo');
  // retry_delay { seconds: 1 nanos: 500000000 }
  expect(details.toString('hex')).toContain('0a0808011080cab5ee01');
  receivers.pressureMs = null;
  receivers.failure = new JournalUnavailable('the disk is full', 5000);
  await expect(send(request(good))).rejects.toMatchObject({ code: status.UNAVAILABLE, details: 'the disk is full' });
  receivers.failure = null;
  expect(await send(request(good))).toBe('');
  expect(receivers.counters.accepted.requests).toBe(1);
});

test('a hundred requests at once on one connection are all answered', async () => {
  await Promise.all(Array.from({ length: 100 }, () => send(request(good))));
  expect(receivers.counters.accepted.spans).toBe(100);
});

test('a held port is named', async () => {
  const intake: Intake = {
    budget: new MemoryBudget(),
    accept: async () => ({ kind: 'accepted', rejected: 0, message: '' }),
    refused: () => {},
  };
  const second = serveOtlp(intake, new BodyThread(), { host: '127.0.0.1', port: receivers.grpcPort });
  await expect(second).rejects.toMatchObject({ name: 'PortInUse', port: receivers.grpcPort });
});
