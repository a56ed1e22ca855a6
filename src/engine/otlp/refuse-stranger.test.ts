import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeOtlpJson } from './json/encode-otlp-json';
import { openTestReceivers, type TestReceivers } from './test-receivers';

const PROTOBUF = 'application/x-protobuf';
const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'GET /' };
const json = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const bytes = Buffer.from(encodeOtlpJson('traces', JSON.parse(json)));

let receivers: TestReceivers;
beforeEach(async () => {
  receivers = await openTestReceivers();
});
afterEach(() => receivers.close());

const post: TestReceivers['post'] = (...sent) => receivers.post(...sent);

/** What comes back where the first bytes of a connection are these, and whether it ended. */
function speak(port: number, first: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const heard: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(first));
    socket.on('data', (data) => heard.push(data));
    socket.on('end', () => resolve(Buffer.concat(heard).toString()));
    socket.on('error', reject);
  });
}

describe('what a port cannot understand is told to its sender, and remembered with its count', () => {
  const hello = Buffer.from('16030100c8010000c40303', 'hex');
  const told = () => receivers.counters.rejections().map(({ items, count, reason }) => [items, count, reason]);

  test.each([
    ['TLS', hello, 'use http:// and not https://'],
    ['the PROXY protocol', 'PROXY TCP4 192.0.2.1 192.0.2.2 56324 4317\r\n', 'PROXY protocol'],
    [
      'the PROXY protocol in binary',
      Buffer.from('0d0a0d0a000d0a515549540a2111000c7f0000017f000001', 'hex'),
      'PROXY protocol',
    ],
    ['a text that is no HTTP', 'hello\r\n\r\n', 'no HTTP'],
  ])('%s', async (_, first, reason) => {
    for (const port of [receivers.httpPort, receivers.httpPort]) {
      const answer = await speak(port, first);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).toContain(reason);
    }
    expect(told()).toEqual([['requests', 2, expect.stringContaining(reason)]]);
    expect(receivers.counters.rejected.requests).toBe(2);
    expect(receivers.journal).toEqual([]);
  });

  test('a real client of TLS sees that there is none', async () => {
    const socket = connectTls({ host: '127.0.0.1', port: receivers.grpcPort, rejectUnauthorized: false });
    await expect(once(socket, 'secureConnect')).rejects.toThrow(/wrong version number|packet length/i);
    expect(told()).toEqual([['requests', 1, expect.stringContaining(`TLS to port ${receivers.grpcPort}`)]]);
  });

  test.each<[string, Record<string, string>, string, string, number, string]>([
    ['GET', {}, '/v1/traces', 'a look', 405, 'OTLP is sent to /v1/traces by POST, not by GET'],
    ['PUT', {}, '/v1/logs', 'a put', 405, 'by POST, not by PUT'],
    [
      'POST',
      { 'content-type': PROTOBUF },
      '/api/v2/spans',
      'Zipkin',
      404,
      '/api/v2/spans is not an OTLP path; send to /v1/',
    ],
    [
      'POST',
      { 'content-type': 'text/xml' },
      '/v1/traces',
      'XML',
      415,
      '"text/xml" is not OTLP; send application/x-protobuf',
    ],
    ['POST', { 'content-type': 'application/grpc' }, '/v1/traces', 'gRPC over HTTP/1.1', 415, 'gRPC needs HTTP/2'],
    [
      'POST',
      { 'content-type': 'application/grpc-web+proto' },
      '/v1/traces',
      'gRPC-Web',
      415,
      'gRPC-Web is not understood',
    ],
    [
      'POST',
      { 'content-type': PROTOBUF, 'content-encoding': 'br' },
      '/v1/traces',
      'brotli',
      415,
      '"br" is not supported; send one of gzip',
    ],
    [
      'POST',
      { 'content-type': PROTOBUF, 'content-encoding': 'gzip, br' },
      '/v1/traces',
      'two',
      415,
      '"gzip, br" is not supported',
    ],
    [
      'POST',
      { 'content-type': PROTOBUF, host: 'collector:4318' },
      '/v1/traces',
      'a host',
      403,
      'for collector:4318; more names',
    ],
  ])('%s with %o to %s (%s)', async (method, headers, path, _, status, reason) => {
    const answer = await post('', headers, path, receivers.httpPort, method);
    expect(answer).toMatchObject({ status, body: expect.stringContaining(reason) });
    if (status === 405) expect(answer.headers.allow).toBe('POST, OPTIONS');
    expect(told()).toEqual(status === 405 ? [] : [['requests', 1, expect.stringContaining(reason)]]);
  });

  test('a body of another type or encoding than its headers say', async () => {
    const headers = { 'content-type': PROTOBUF };
    expect((await post(json, headers)).body).toContain('the body is JSON: send it as application/json');
    expect((await post(gzipSync(bytes), headers)).body).toContain('the body is gzip: say so in Content-Encoding');
    const asJson = await post(gzipSync(json), { 'content-type': 'application/json' });
    expect(asJson).toMatchObject({ status: 400, body: expect.stringContaining('the body is gzip') });
    expect(told()).toHaveLength(2);
  });

  test('a body that is no request', async () => {
    await post('hello', { 'content-type': PROTOBUF });
    await post('{"resourceSpans":5}', { 'content-type': 'application/json' });
    expect(told()).toEqual([
      ['requests', 1, expect.stringContaining('resourceSpans: expected an array')],
      ['requests', 1, expect.stringContaining('not a protobuf Export')],
    ]);
  });
});

test.each([
  'application/json; charset=utf-8',
  'APPLICATION/JSON;charset="UTF-8"',
  'text/json',
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/octet-stream',
])('JSON is taken as %s', async (type) => {
  expect((await post(json, { 'content-type': type })).status).toBe(200);
});

test.each([
  'application/x-protobuf;proto=opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest',
  'application/protobuf; charset=binary',
  'application/vnd.google.protobuf',
  'application/octet-stream',
])('protobuf is taken as %s', async (type) => {
  expect((await post(bytes, { 'content-type': type, 'content-encoding': 'identity' })).status).toBe(200);
});

test.each([
  ['HTTP/1.0 without a host', `POST /v1/traces HTTP/1.0\r\n`],
  ['HTTP/1.0 with one', `POST /v1/traces HTTP/1.0\r\nHost: localhost\r\n`],
])('%s is served', async (_, line) => {
  const head = `${line}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
  expect(await speak(receivers.httpPort, head)).toContain('200 OK');
});

test('a client that waits for 100 Continue, and one that sends in chunks, are served', async () => {
  const answer = new Promise<number>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', expect: '100-continue', 'transfer-encoding': 'chunked' };
    const options = { host: '127.0.0.1', port: receivers.grpcPort, path: '/v1/traces', method: 'POST', headers };
    const sent = request(options, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on('continue', () => {
      sent.write('{"resourceSpans"');
      sent.end(':[]}');
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
  expect(await answer).toBe(200);
});
