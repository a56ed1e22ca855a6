import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ServedApi, serveApi } from './serve-api';

const LARGE = 'x'.repeat(100_000);
let served: ServedApi;
let streamed: number;
let cancelled: boolean;

beforeEach(async () => {
  const app = new Hono();
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

test.each(['localhost:3200', '127.0.0.1', '[::1]:9', 'host.docker.internal:3200'])(
  'the host %s is served',
  async (host) => {
    expect((await get('/small', { host })).status).toBe(200);
  },
);

test.each(['evil.example', 'localhost.evil.example:3200', '127.0.0.1.nip.io'])(
  'the host %s is refused',
  async (host) => {
    expect((await get('/small', { host })).status).toBe(403);
  },
);

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
