import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openTestCore, type TestCore } from './test-core';

let test: TestCore;
let cookie: string;
beforeAll(async () => {
  test = await openTestCore();
  const entry = await ask('/', { query: `?token=${test.core.token}` });
  cookie = entry.headers['set-cookie']![0]!.split(';')[0]!;
});
afterAll(() => test.close());

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  query?: string;
}

/** One raw request: `fetch` does not let a test choose Host or Origin. */
async function ask(path: string, { method = 'GET', headers = {}, query = '' }: Ask = {}) {
  const { port } = new URL(test.core.url);
  const sent = request({ host: '127.0.0.1', port, path: path + query, method, headers });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode as number, headers: response.headers, body };
}

async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(test.core.url.replace('http', 'ws') + path, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!));
    socket.on('error', () => {});
  });
}

const bearer = () => ({ authorization: `Bearer ${test.core.token}` });
const sameOrigin = () => ({ origin: test.core.url });

describe('every route of the host', () => {
  // The router itself is read: a route added tomorrow is tested tomorrow.
  const routes = () =>
    test.core.routes.map(({ method, path }) => ({
      method: method === 'ALL' ? 'POST' : method,
      path: path.replace('*', 'anything'),
    }));

  it('is known to this test', () => {
    expect(routes().length).toBeGreaterThanOrEqual(2);
    expect(test.core.socketPaths).toEqual(['/rpc/ws']);
  });

  it('refuses who has no token, or a wrong one', async () => {
    for (const { method, path } of routes()) {
      expect((await ask(path, { method })).status, path).toBe(401);
      expect((await ask(path, { method, query: '?token=wrong' })).status, path).toBe(401);
      expect((await ask(path, { method, headers: { authorization: 'Bearer wrong' } })).status, path).toBe(401);
      expect((await ask(path, { method, headers: { cookie: cookie.replace(/=.*/, '=wrong') } })).status, path).toBe(
        401,
      );
    }
    for (const path of test.core.socketPaths) {
      expect(await upgrade(path, {}), path).toBe(401);
      expect(await upgrade(`${path}?token=${test.core.token}`, {}), path).toBe(401);
    }
  });

  it('refuses a Host that is not this machine, token or not', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4320']) {
      for (const { method, path } of routes()) {
        expect((await ask(path, { method, headers: { ...bearer(), host } })).status, path).toBe(403);
      }
      for (const path of test.core.socketPaths) expect(await upgrade(path, { ...bearer(), host }), path).toBe(403);
    }
  });

  it("refuses a page of another origin, with the user's cookie as well", async () => {
    for (const origin of ['http://evil.example', 'http://127.0.0.1:1', 'null', 'https://localhost']) {
      for (const { method, path } of routes()) {
        expect((await ask(path, { method, headers: { cookie, origin } })).status, path).toBe(403);
      }
      for (const path of test.core.socketPaths) expect(await upgrade(path, { cookie, origin }), path).toBe(403);
    }
  });

  it('takes no more than a small body, said beforehand or not', async () => {
    const { port } = new URL(test.core.url);
    const send = async (headers: Record<string, string>) => {
      const authorization = `Bearer ${test.core.token}`;
      const options = { host: '127.0.0.1', port, path: '/rpc/host/dismiss', method: 'POST', agent: false };
      const sent = request({ ...options, headers: { authorization, 'content-type': 'application/json', ...headers } });
      sent.on('error', () => {});
      const answer = once(sent, 'response');
      const body = Buffer.alloc(2 * 1024 * 1024, 'x');
      sent.end(`{"json":{"id":"${body}"}}`);
      const [response] = await answer;
      response.resume();
      return response.statusCode;
    };
    expect(await send({})).toBe(413);
    expect(await send({ 'transfer-encoding': 'chunked' })).toBe(413);
  });

  it('opens to the token and to the cookie of this origin', async () => {
    for (const path of test.core.socketPaths) {
      expect(await upgrade(path, bearer())).toBe(101);
      expect(await upgrade(path, { cookie, ...sameOrigin() })).toBe(101);
      expect(await upgrade(path, { cookie }), 'a browser always sends an Origin').toBe(401);
    }
    expect((await ask('/', { headers: { cookie } })).status).toBe(200);
    expect((await ask('/', { headers: bearer() })).status).toBe(200);
  });

  it('refuses an address that is none, and goes on', async () => {
    for (const target of ['//[', 'http://[']) {
      const socket = connect(Number(new URL(test.core.url).port), '127.0.0.1');
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1.1 403/);
      socket.destroy();
    }
    expect((await ask('/', { headers: bearer() })).status).toBe(200);
  });

  it('answers an upgrade of an unknown path with 404', async () => {
    expect(await upgrade('/other', bearer())).toBe(404);
  });
});

describe('the token in the address', () => {
  it('becomes a cookie that scripts cannot read, and leaves the address', async () => {
    const { status, headers } = await ask('/traces', { query: `?since=15m&token=${test.core.token}` });
    expect(status).toBe(303);
    expect(headers.location).toBe('/traces?since=15m');
    expect(headers['set-cookie']![0]).toMatch(
      /^watchtower_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/,
    );
    expect(headers['set-cookie']![0]).not.toContain(test.core.token);
  });

  it('may be a ticket, which signs in once', async () => {
    const { ticket } = await test.core.client.host.ticket();
    const entry = await ask('/logs', { query: `?level=error&ticket=${ticket}` });
    expect({ status: entry.status, location: entry.headers.location }).toEqual({
      status: 303,
      location: '/logs?level=error',
    });
    expect(entry.headers['set-cookie']![0]).toContain(cookie);
    expect((await ask('/', { query: `?ticket=${ticket}` })).status).toBe(401);
    expect((await ask('/', { query: `?ticket=${test.core.token}` })).status).toBe(401);
  });

  it('never redirects to another host', async () => {
    const { headers } = await ask('//evil.example/', { query: `?token=${test.core.token}` });
    expect(headers.location).toBe('/evil.example/');
  });
});

describe('a host that is started again on the same home', () => {
  it('knows the tokens and cookies of the one before, and no other home does', async () => {
    const home = await mkdtemp(join(tmpdir(), 'wt-again-'));
    const first = await openTestCore(home);
    const { token } = first.core;
    await first.close();
    const again = await openTestCore(home);
    expect(again.core.token).toBe(token);
    await again.close();
    await rm(home, { recursive: true });
    expect(test.core.token).not.toBe(token);
  });
});

describe('who is refused', () => {
  it('sees in a browser what to run, and nothing of the request', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml' };
    const answer = await ask('/traces', { query: '?token=wrong&x=%3Cscript%3E', headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['content-security-policy']).toMatch(/style-src 'sha256-[^']+';/);
    expect(answer.body).toContain('<code>watchtower open</code>');
    expect(answer.body).not.toContain('<script');
    expect(answer.body).not.toContain('wrong');
  });

  it('reads plain text elsewhere', async () => {
    const { body, headers } = await ask('/rpc/host/snapshot', { method: 'POST', headers: { accept: '*/*' } });
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('watchtower open');
  });
});

describe('the panel', () => {
  const get = (path: string) => ask(path, { headers: bearer() });

  it('is one page for every address of it, under a strict policy', async () => {
    for (const path of ['/', '/traces/0af7651916cd43dd8448eb211c80319c', '/metrics', '/services/a%00b']) {
      const { body, headers } = await get(path);
      expect(body).toContain('the panel');
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  it('keeps hashed assets for ever and says when one is missing', async () => {
    const asset = await get('/assets/main-1a2b.js');
    expect(asset.headers['content-type']).toContain('text/javascript');
    expect(asset.headers['cache-control']).toContain('immutable');
    expect((await get('/assets/gone.js')).status).toBe(404);
  });

  it('serves nothing from outside its folder', async () => {
    for (const path of ['/../host.json', '/..%2fhost.json', '/%2e%2e/host.json', '/assets/..%2f..%2fhost.json']) {
      expect((await get(path)).body).not.toContain(test.core.token);
    }
  });
});
