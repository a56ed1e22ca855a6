import { spawnSync } from 'node:child_process';
import { type ClientHttp2Session, connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2';
import { connect } from 'node:net';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { credentials, makeGenericClientConstructor, type ServiceError, status } from '@grpc/grpc-js';
import { compress as compressSnappyBlock } from 'snappyjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeOtlpJson } from './json/encode-otlp-json';
import { type Answer, openTestReceivers, type TestReceivers } from './test-receivers';

const PROTOBUF = 'application/x-protobuf';
const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'GET /' };
const json = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: 500 }, () => span) }] }] });
const bytes = Buffer.from(encodeOtlpJson('traces', JSON.parse(json)));

let receivers: TestReceivers;
beforeEach(async () => {
  receivers = await openTestReceivers();
});
afterEach(() => receivers.close());

const post: TestReceivers['post'] = (...sent) => receivers.post(...sent);

function postHttp2(
  session: ClientHttp2Session,
  body: Uint8Array | string,
  headers: Record<string, string>,
  path = '/v1/traces',
) {
  return new Promise<Answer>((resolve, reject) => {
    const stream = session.request({ ':method': 'POST', ':path': path, ...headers });
    let answer: IncomingHttpHeaders = {};
    let text = '';
    stream.on('response', (fields) => {
      answer = fields;
    });
    stream.on('data', (chunk) => {
      text += chunk;
    });
    stream.on('error', reject);
    stream.on('end', () => resolve({ status: Number(answer[':status']), headers: answer, body: text }));
    stream.end(body);
  });
}

function call(port: number, message: Uint8Array): Promise<Buffer> {
  const Client = makeGenericClientConstructor({}, 'any');
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise<Buffer>((resolve, reject) => {
    const through = (value: Buffer) => value;
    client.makeUnaryRequest(
      '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      (value: Uint8Array) => Buffer.from(value),
      through,
      message,
      (error: ServiceError | null, answer?: Buffer) => (error ? reject(error) : resolve(answer!)),
    );
  }).finally(() => client.close());
}

describe.each(['grpcPort', 'httpPort'] as const)('the receiver on %s', (name) => {
  test('understands gRPC, OTLP over HTTP/1.1 and OTLP over HTTP/2', async () => {
    const port = receivers[name];
    expect(await call(port, bytes)).toEqual(Buffer.alloc(0));
    expect(await post(bytes, { 'content-type': PROTOBUF }, '/v1/traces', port)).toMatchObject({
      status: 200,
      body: '',
    });
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    expect(await postHttp2(session, json, { 'content-type': 'application/json' })).toMatchObject({
      status: 200,
      body: '{}',
    });
    expect(await postHttp2(session, bytes, { 'content-type': PROTOBUF }, '/v1/traces/')).toMatchObject({ status: 200 });
    expect((await postHttp2(session, bytes, { 'content-type': PROTOBUF }, '/v1/profiles')).status).toBe(404);
    session.close();
    const foreign = connectHttp2(`http://127.0.0.1:${port}`);
    const evil = { 'content-type': PROTOBUF, ':authority': 'evil.example' };
    expect((await postHttp2(foreign, bytes, evil)).status).toBe(403);
    foreign.close();
    expect(receivers.counters.accepted.spans).toBe(2000);
    await expect(call(port, Buffer.from('hello'))).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  test('understands a connection whose first bytes come one by one', async () => {
    const port = receivers[name];
    const heard = (first: string, then: string) =>
      new Promise<Buffer>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port, noDelay: true });
        socket.once('data', (data) => {
          resolve(data);
          socket.destroy();
        });
        socket.on('error', reject);
        const next = (at: number) => {
          if (at === first.length) socket.write(then);
          else socket.write(first[at]!, () => setImmediate(next, at + 1));
        };
        next(0);
      });
    const http1 = await heard(
      'POST /v1/traces',
      ' HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(String(http1)).toContain('200 OK');
    // A SETTINGS frame: length, then type 4.
    const http2 = await heard('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\0\0\0\x04\0\0\0\0\0');
    expect(http2[3]).toBe(4);
  });

  test.each([
    ['POST /v1/traces', 'Host: localhost', '200'],
    ['POST http://localhost:4318/v1/traces', 'Host: localhost', '200'],
    ['POST /v1/traces', 'Host: localhost\r\nHost: evil.example', '400'],
    ['POST /v1/traces', 'Host: localhost\r\nhOST: localhost', '400'],
    ['POST http://evil.example/v1/traces', 'Host: localhost', '403'],
    ['POST http://localhost@evil.example/v1/traces', 'Host: localhost', '403'],
  ])('answers %s with %s by every host that it names: %s', async (start, hosts, status) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: receivers[name] }, () =>
        socket.write(`${start} HTTP/1.1\r\n${hosts}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`),
      );
      socket.once('data', (data) => {
        resolve(String(data).split('\r\n', 1)[0]!);
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(answer).toContain(` ${status} `);
  });

  test('stays open for an HTTP/1.1 client that asks for an upgrade, and tells other protocols nothing', async () => {
    const upgrade = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
    expect((await post(bytes, { 'content-type': PROTOBUF, ...upgrade }, '/v1/traces', receivers[name])).status).toBe(
      200,
    );
  });
});

function zstd(...options: string[]): Buffer {
  return spawnSync('zstd', ['-c', ...options], { input: bytes }).stdout;
}

/** Snappy's frames as Go's writer makes them, around blocks of another library. */
function snappyFrames(content: Buffer): Buffer {
  const parts = [Buffer.from('ff060000734e61507059', 'hex')];
  for (let at = 0; at < content.length; at += 65_536) {
    const plain = content.subarray(at, at + 65_536);
    const packed = Buffer.from(compressSnappyBlock(plain));
    const head = Buffer.alloc(8);
    head.writeUIntLE(packed.length + 4, 1, 3);
    head.writeUInt32LE(maskedCrc32c(plain), 4);
    parts.push(head, packed);
  }
  return Buffer.concat(parts);
}

function maskedCrc32c(content: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const hasZstd = spawnSync('zstd', ['--version']).status === 0;

test.each([
  ['gzip', () => gzipSync(bytes)],
  ['x-gzip', () => Buffer.concat([gzipSync(bytes.subarray(0, 40)), gzipSync(bytes.subarray(40))])],
  ['deflate', () => deflateSync(bytes)],
  ['zlib', () => deflateSync(bytes)],
  ['deflate', () => deflateRawSync(bytes)],
  ['snappy', () => snappyFrames(bytes)],
  ['x-snappy-framed', () => snappyFrames(bytes)],
  ['snappy', () => Buffer.from(compressSnappyBlock(bytes))],
  ['identity', () => bytes],
])('a body in %s arrives as it was, over HTTP and over gRPC', async (encoding, compress) => {
  const headers = { 'content-type': PROTOBUF, 'content-encoding': encoding };
  expect(await post(compress(), headers)).toMatchObject({ status: 200 });
  const broken = Buffer.from(compress());
  if (encoding !== 'identity') expect((await post(broken.subarray(0, broken.length - 9), headers)).status).toBe(400);
  const session = connectHttp2(`http://127.0.0.1:${receivers.grpcPort}`);
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const message = compress();
  const head = Buffer.from([encoding === 'identity' ? 0 : 1, 0, 0, 0, 0]);
  head.writeUInt32BE(message.length, 1);
  const grpc = { 'content-type': 'application/grpc', 'grpc-encoding': encoding, te: 'trailers' };
  expect((await postHttp2(session, Buffer.concat([head, message]), grpc, path)).status).toBe(200);
  session.close();
  expect(receivers.journal.map(({ payload }) => Buffer.from(payload).equals(bytes))).toEqual([true, true]);
});

test.skipIf(!hasZstd)(
  'zstd arrives as it was, of every level and with skippable frames, and a bomb is 413',
  async () => {
    const headers = { 'content-type': PROTOBUF, 'content-encoding': 'zstd' };
    const skippable = Buffer.from('502a4d1803000000616263', 'hex');
    const half = bytes.length / 2;
    const two = [bytes.subarray(0, half), bytes.subarray(half)].map(
      (input) => spawnSync('zstd', ['-c'], { input }).stdout,
    );
    const bodies = [zstd('-1'), zstd('-19', '--no-check'), zstd('--ultra', '-22'), Buffer.concat([skippable, ...two])];
    for (const body of bodies) expect((await post(body, headers)).status).toBe(200);
    expect(receivers.journal.map(({ payload }) => Buffer.from(payload).equals(bytes))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const bomb = spawnSync('zstd', ['-c', '-19'], { input: Buffer.alloc(80 * 1024 * 1024) }).stdout;
    expect(bomb.length).toBeLessThan(100_000);
    expect((await post(bomb, headers)).status).toBe(413);
    for (const broken of [zstd('-1').subarray(0, -9), Buffer.from('nothing'), Buffer.from('28b52ffd', 'hex')]) {
      expect((await post(broken, headers)).status).toBe(400);
    }
  },
);

test('JSON of any size and encoding is read, and a snappy bomb is 413', async () => {
  const many = json.replace(/"spans":\[.*\]\}\]/s, (spans) => spans);
  for (const [encoding, body] of [
    ['gzip', gzipSync(many)],
    ['snappy', snappyFrames(Buffer.from(many))],
    ['', Buffer.from(many)],
  ] as const) {
    const headers = {
      'content-type': 'application/json',
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
    };
    expect(await post(body, headers)).toMatchObject({ status: 200, body: '{}' });
  }
  expect(receivers.journal.every(({ payload }) => Buffer.from(payload).equals(bytes))).toBe(true);
  const bomb = Buffer.from(compressSnappyBlock(Buffer.alloc(65 * 1024 * 1024)));
  expect((await post(bomb, { 'content-type': PROTOBUF, 'content-encoding': 'snappy' })).status).toBe(413);
});

test.each(['/v1/traces/', '//v1/traces', '/v1//traces//', '/v1/traces?x=1'])(
  'the path %s is the path of traces',
  async (path) => {
    expect((await post(bytes, { 'content-type': PROTOBUF }, path)).status).toBe(200);
    expect(receivers.counters.accepted.spans).toBe(500);
  },
);
