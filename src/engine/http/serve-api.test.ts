import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ServedApi, serveApi } from './serve-api';

const LARGE = 'x'.repeat(100_000);
let served: ServedApi;
let streamed: number;
let cancelled: boolean;
let app: Hono;
/** Calls of `/patient` so far, and with what their signals were aborted. */
let waiting: number;
let aborted: string[];

beforeEach(async () => {
  app = new Hono();
  waiting = 0;
  aborted = [];
  app.post('/form', async (context) => context.text(String((await context.req.text()).length)));
  app.get('/stuck', () => new Promise<Response>(() => {}));
  app.get('/patient', async (context) => {
    const { signal } = context.req.raw;
    waiting++;
    await once(signal, 'abort');
    aborted.push((signal.reason as Error).name);
    return context.text('', 500);
  });
  app.get('/small', (context) => context.json({ ok: true }));
  app.get('/large', (context) => context.text(LARGE));
  streamed = 0;
  cancelled = false;
  const endless = () =>
    new ReadableStream({
      pull: (controller) => {
        streamed++;
        controller.enqueue(new TextEncoder().encode(LARGE));
      },
      cancel: () => {
        cancelled = true;
      },
    });
  app.get('/endless', () => new Response(endless(), { headers: { 'content-type': 'application/x-ndjson' } }));
  const sockets = { '/tail': (socket: WebSocket, url: URL) => socket.send(url.searchParams.get('q') ?? '') };
  served = await serveApi({ app, sockets }, { host: '127.0.0.1', port: 0 });
});
afterEach(() => served.close());

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: served.port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject).end();
  });
}

test.each([
  ...[
    'localhost:3200',
    '127.0.0.1',
    '[::1]:9',
    'host.docker.internal:3200',
    'Host.Orb.Internal',
    'localhost:',
    'LOCALHOST.',
  ],
  ...['[::ffff:127.0.0.1]:3200', '[0:0:0:0:0:0:0:1]', 'app.localhost', '127.0.0.2', '0.0.0.0:3200'],
])('the host %s is served', async (host) => {
  expect((await get('/small', { host })).status).toBe(200);
});

test.each(['evil.example', 'localhost.evil.example:3200', '127.0.0.1.nip.io'])(
  'the host %s is refused',
  async (host) => {
    expect((await get('/small', { host })).status).toBe(403);
  },
);

test('a query that fills an address of half a mebibyte is served', async () => {
  expect((await get(`/small?query=${'x'.repeat(512 * 1024)}`, {})).status).toBe(200);
});

test('a page of this machine may read, a page of another site may not', async () => {
  const local = await get('/small', { origin: 'http://localhost:5173' });
  expect(local.headers['access-control-allow-origin']).toBe('http://localhost:5173');
  const foreign = await get('/small', { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
});

test('a preflight of a local page is answered', async () => {
  const answer = await get(
    '/small',
    { origin: 'https://127.0.0.1:8443', 'access-control-request-method': 'POST' },
    'OPTIONS',
  );
  expect(answer.status).toBe(204);
  expect(answer.headers['access-control-allow-methods']).toContain('POST');
});

test('a large answer is gzipped for those who take it', async () => {
  const zipped = await get('/large', { 'accept-encoding': 'gzip' });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(zipped.body).toString()).toBe(LARGE);
  expect((await get('/large')).body.toString()).toBe(LARGE);
  expect((await get('/small', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
});

test('lines are sent as the client takes them, and no more are made when it goes', async () => {
  const headers = { 'accept-encoding': 'gzip' };
  const sent = request({ host: '127.0.0.1', port: served.port, path: '/endless', headers });
  const response = await new Promise<IncomingMessage>((resolve) => sent.on('response', resolve).end());
  expect(response.headers['content-encoding']).toBeUndefined();
  await once(response, 'readable');
  let before = -1;
  // What sockets hold is filled first; then the stream stands still.
  await expect
    .poll(() => {
      const still = streamed === before;
      before = streamed;
      return still;
    })
    .toBe(true);
  expect(cancelled).toBe(false);
  response.destroy();
  await expect.poll(() => cancelled).toBe(true);
});

function openSocket(path: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}${path}`, { headers });
    socket.on('message', (data) => {
      resolve(String(data));
      socket.terminate();
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

test('a WebSocket opens on its exact path for local callers alone', async () => {
  expect(await openSocket('/tail?q=hello')).toBe('hello');
  expect(await openSocket('/tail/more')).toContain('404');
  expect(await openSocket('/tail', { origin: 'https://evil.example' })).toContain('403');
  expect(await openSocket('/tail', { host: 'evil.example' })).toContain('403');
});

test('closing ends open WebSockets', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/tail?q=x`);
  await new Promise((resolve) => socket.once('message', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await served.close();
  await closed;
  served = await serveApi({ app: new Hono() }, { host: '127.0.0.1', port: 0 });
});

test('a held port is named', async () => {
  await expect(serveApi({ app: new Hono() }, { host: '127.0.0.1', port: served.port })).rejects.toMatchObject({
    name: 'PortInUse',
    port: served.port,
  });
});

function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: served.port, path, headers, method: 'POST' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject).end(body);
  });
}

test('a form of a mebibyte reaches the route whole, a larger one is refused with the limit', async () => {
  expect(await post('/form', 'x'.repeat(2 ** 20))).toEqual({ status: 200, body: '1048576' });
  const tooLarge = { status: 413, body: expect.stringContaining('1048576 bytes') };
  expect(await post('/form', 'x'.repeat(2 ** 20 + 1))).toEqual(tooLarge);
  const chunked = { 'transfer-encoding': 'chunked' };
  expect(await post('/form', 'x'.repeat(2 ** 20 + 1), chunked)).toEqual(tooLarge);
});

test('an answer that is late is refused with the limit, and its signal aborts', async () => {
  await served.close();
  served = await serveApi({ app, deadlineMs: 100 }, { host: '127.0.0.1', port: 0 });
  for (const path of ['/stuck', '/patient']) {
    expect(await get(path).then(({ status, body }) => [status, String(body)])).toEqual([
      504,
      expect.stringContaining('longer than 0.1 s'),
    ]);
  }
  expect(aborted).toEqual(['DeadlineExceeded']);
});

test('the signal of a request aborts when its client leaves', async () => {
  const sent = request({ host: '127.0.0.1', port: served.port, path: '/patient' }).on('error', () => {});
  sent.end();
  await expect.poll(() => waiting).toBe(1);
  sent.destroy();
  await expect.poll(() => aborted.length).toBe(1);
  expect(aborted).not.toContain('DeadlineExceeded');
});

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(served.port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n', 1)[0]!);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('a request that names two hosts, or another one in its target, is refused', async () => {
  const local = 'Host: 127.0.0.1\r\n';
  expect(await raw(`GET /small HTTP/1.1\r\n${local}\r\n`)).toContain('200');
  expect(await raw(`GET http://localhost:3200/small HTTP/1.1\r\n${local}\r\n`)).toContain('200');
  expect(await raw(`GET /small HTTP/1.1\r\n${local}Host: evil.example\r\n\r\n`)).toContain('400');
  expect(await raw(`GET /small HTTP/1.1\r\n${local}hOST: 127.0.0.1\r\n\r\n`)).toContain('400');
  for (const target of [
    'http://evil.example/small',
    'https://evil.example',
    'evil.example:80',
    'http://localhost@evil.example/small',
  ]) {
    expect(await raw(`GET ${target} HTTP/1.1\r\n${local}\r\n`), target).toMatch(/403|400/);
  }
});
