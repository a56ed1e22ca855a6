import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalUnavailable } from '../journal/journal-writer-port';
import { encodeOtlpJson } from './json/encode-otlp-json';
import { openTestReceivers, type TestReceivers } from './test-receivers';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const good = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'GET /' };
const traces = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const bytes = encodeOtlpJson('traces', traces(good));

let receivers: TestReceivers;
beforeEach(async () => {
  receivers = await openTestReceivers();
});
afterEach(() => receivers.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  agent?: Agent;
}

function send(path: string, type: string, body: Uint8Array | string, sent: Sent = {}): Promise<Answer> {
  const { method = 'POST', headers = {}, agent } = sent;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: receivers.httpPort, path, method, agent };
    const outgoing = request({ ...options, headers: { 'content-type': type, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject).end(body);
  });
}

test('protobuf and JSON are accepted, answered in their own type, and journalled as the same bytes', async () => {
  const protobuf = await send('/v1/traces', PROTOBUF, bytes);
  expect(protobuf).toMatchObject({ status: 200, headers: { 'content-type': PROTOBUF } });
  expect(protobuf.body.length).toBe(0);
  const json = await send('/v1/traces', `${JSON_TYPE}; charset=utf-8`, JSON.stringify(traces(good)));
  expect(json).toMatchObject({ status: 200, headers: { 'content-type': JSON_TYPE } });
  expect(json.body.toString()).toBe('{}');
  expect(receivers.journal.map((entry) => Buffer.from(entry.payload).toString('hex'))).toEqual(
    Array(2).fill(Buffer.from(bytes).toString('hex')),
  );
  expect(receivers.counters.accepted).toMatchObject({ spans: 2, requests: 2, bytes: bytes.length * 2 });
});

test.each([
  ['gzip', gzipSync(bytes)],
  ['deflate', deflateSync(bytes)],
  ['identity', bytes],
])('%s bodies are accepted', async (encoding, body) => {
  expect((await send('/v1/traces', PROTOBUF, body, { headers: { 'content-encoding': encoding } })).status).toBe(200);
  expect(receivers.journal).toHaveLength(1);
});

test('each signal has its path', async () => {
  for (const signal of ['traces', 'logs', 'metrics']) {
    expect((await send(`/v1/${signal}`, JSON_TYPE, '{}')).status).toBe(200);
  }
  expect((await send('/v1/profiles', JSON_TYPE, '{}')).status).toBe(404);
});

test('an empty request succeeds and is not journalled', async () => {
  expect((await send('/v1/traces', PROTOBUF, new Uint8Array(0))).status).toBe(200);
  expect(receivers.journal).toHaveLength(0);
});

test('what is undecodable is answered 400 with a Status in the type of the request', async () => {
  const protobuf = await send('/v1/traces', PROTOBUF, 'hello world');
  expect(protobuf).toMatchObject({ status: 400, headers: { 'content-type': PROTOBUF } });
  expect(protobuf.body.subarray(0, 3).toString('hex')).toMatch(/^080312/);
  const json = await send('/v1/traces', JSON_TYPE, '{"resourceSpans":[{"scopeSpans":7}]}');
  expect(json).toMatchObject({ status: 400, headers: { 'content-type': JSON_TYPE } });
  expect(JSON.parse(json.body.toString())).toEqual({
    code: 3,
    message: 'resourceSpans[0].scopeSpans: expected an array',
  });
  expect((await send('/v1/traces', JSON_TYPE, '{"resourceSpans":')).status).toBe(400);
  expect((await send('/v1/traces', PROTOBUF, bytes, { headers: { 'content-encoding': 'gzip' } })).status).toBe(400);
  expect(receivers.counters.rejected.requests).toBe(4);
});

test('JSON nested a million deep is refused, in a known place, and ignored in an unknown one', async () => {
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  expect((await send('/v1/traces', JSON_TYPE, `{"resourceSpans":${deep}}`)).status).toBe(400);
  expect((await send('/v1/traces', JSON_TYPE, `{"resourceSpans":[],"future":${deep}}`)).status).toBe(200);
});

test('spans without valid ids are rejected alone, in partialSuccess', async () => {
  const answer = await send('/v1/traces', JSON_TYPE, JSON.stringify(traces(good, { ...good, spanId: '00' })));
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body.toString()).partialSuccess).toMatchObject({
    rejectedSpans: '1',
    errorMessage: expect.stringContaining('1 of 2 rejected'),
  });
});

test('other content types, encodings and methods are told what to send', async () => {
  expect((await send('/v1/traces', 'text/csv', 'x')).status).toBe(415);
  const brotli = await send('/v1/traces', PROTOBUF, 'x', { headers: { 'content-encoding': 'br' } });
  expect([brotli.status, String(brotli.body)]).toEqual([415, expect.stringMatching(/"br".*gzip.*zstd.*snappy/)]);
  const get = await send('/v1/traces', PROTOBUF, '', { method: 'GET' });
  expect(get).toMatchObject({ status: 405, headers: { allow: 'POST, OPTIONS' } });
});

test('more than 64 MiB is answered 413, sent whole, in chunks or as a gzip bomb, and the connection stays usable', {
  timeout: 60_000,
}, async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const tooMuch = Buffer.alloc(64 * 1024 * 1024 + 1);
  expect((await send('/v1/traces', PROTOBUF, tooMuch, { agent })).status).toBe(413);
  const chunked = { agent, headers: { 'transfer-encoding': 'chunked' } };
  expect((await send('/v1/traces', PROTOBUF, tooMuch, chunked)).status).toBe(413);
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 });
  expect((await send('/v1/traces', PROTOBUF, bomb, { agent, headers: { 'content-encoding': 'gzip' } })).status).toBe(
    413,
  );
  expect((await send('/v1/traces', PROTOBUF, bytes, { agent })).status).toBe(200);
  agent.destroy();
});

test('a large request within the limit is accepted', async () => {
  const large = traces({ ...good, attributes: [{ key: 'big', value: { stringValue: 'x'.repeat(4 * 1024 * 1024) } }] });
  expect((await send('/v1/traces', JSON_TYPE, JSON.stringify(large))).status).toBe(200);
});

test('overload is 429 and a full disk 503, both with Retry-After, and nothing is counted as accepted', async () => {
  receivers.pressureMs = 1500;
  expect(await send('/v1/traces', PROTOBUF, bytes)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
  receivers.pressure = { cause: 'disk-full', message: 'The disk is full.' };
  const filled = await send('/v1/traces', PROTOBUF, bytes);
  expect(filled).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  expect(filled.body.toString()).toContain('The disk is full.');
  receivers.pressureMs = null;
  receivers.failure = new JournalUnavailable('the disk is full', 5000);
  const full = await send('/v1/traces', JSON_TYPE, JSON.stringify(traces(good)));
  expect(full).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(JSON.parse(full.body.toString())).toEqual({ code: 14, message: 'the disk is full' });
  receivers.failure = null;
  expect((await send('/v1/traces', PROTOBUF, bytes)).status).toBe(200);
  expect(receivers.counters.accepted).toMatchObject({ spans: 1, requests: 1 });
});

test('a page of this machine may send after a preflight, a page of another site may not', async () => {
  const origin = 'http://localhost:5173';
  const asked = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-mine',
  };
  const preflight = await send('/v1/traces', '', '', { method: 'OPTIONS', headers: asked });
  expect(preflight).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'content-type,x-mine' },
  });
  const local = await send('/v1/traces', PROTOBUF, bytes, { headers: { origin } });
  expect(local).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } });
  expect((await send('/v1/traces', PROTOBUF, bytes, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  expect((await send('/v1/traces', PROTOBUF, bytes, { headers: { host: 'evil.example' } })).status).toBe(403);
});

test('a thousand idle connections and half-sent requests leave others served', async () => {
  const idle = Array.from({ length: 1000 }, (_, index) => {
    const socket = connect(receivers.httpPort, '127.0.0.1');
    socket.on('error', () => {});
    if (index % 2 === 0) socket.write('POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-');
    return socket;
  });
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect((await send('/v1/traces', PROTOBUF, bytes)).status).toBe(200);
  for (const socket of idle) socket.destroy();
});
