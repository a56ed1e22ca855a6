import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createExportApi } from '../export/create-export-api';
import { createLokiApi } from '../loki/create-loki-api';
import { openTestReceivers, type TestReceivers } from '../otlp/test-receivers';
import { createPrometheusApi } from '../prometheus/create-prometheus-api';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createTempoApi } from '../tempo/create-tempo-api';
import type { QueryApi } from './query-api';
import { type ServedApi, serveApi } from './serve-api';

interface Door {
  method: string;
  port: number;
  path: string;
}

let store: TestStore;
let receivers: TestReceivers;
let apis: { api: QueryApi; served: ServedApi }[];

beforeAll(async () => {
  store = await openTestStore();
  receivers = await openTestReceivers();
  const { reader } = store;
  const made = [createTempoApi(reader), createExportApi(reader), createLokiApi(reader), createPrometheusApi(reader)];
  apis = await Promise.all(
    made.map(async (api) => ({ api, served: await serveApi(api, { host: '127.0.0.1', port: 0 }) })),
  );
});
afterAll(async () => {
  await Promise.all(apis.map(({ served }) => served.close()));
  await receivers.close();
  await store.close();
});

/** Read from the routers themselves: a route added tomorrow is tested tomorrow. */
function doors(): Door[] {
  const queries = apis.flatMap(({ api, served }) =>
    api.app.routes.map(({ method, path }) => ({
      method: method === 'ALL' ? 'GET' : method,
      port: served.port,
      path: path.replace(/:\w+/g, '0af7651916cd43dd8448eb211c80319c').replace('*', 'anything'),
    })),
  );
  const otlp = ['/v1/traces', '/v1/logs', '/v1/metrics'].flatMap((path) =>
    ['POST', 'OPTIONS', 'GET'].map((method) => ({ method, port: receivers.httpPort, path })),
  );
  return [...queries, ...otlp];
}

function knock({ method, port, path }: Door, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on('error', reject).end();
  });
}

function upgrade(port: number, path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => resolve('open'));
    socket.on('error', (error) => resolve(error.message));
  });
}

const sockets = () =>
  apis.flatMap(({ api, served }) => Object.keys(api.sockets ?? {}).map((path) => ({ port: served.port, path })));

describe('every route of the query APIs and of OTLP over HTTP', () => {
  it('is known to this test', () => {
    expect(doors().length).toBeGreaterThan(50);
    expect(sockets().map(({ path }) => path)).toEqual(['/api/tail', '/loki/api/v1/tail']);
  });

  it('refuses the name of another machine, as after a rebinding', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example:3200', 'localhost.evil.example', '10.0.0.7:3100']) {
      for (const door of doors()) {
        const { status } = await knock(door, { host });
        expect([door.method, door.path, host, status]).toEqual([door.method, door.path, host, 403]);
      }
      for (const { port, path } of sockets()) expect(await upgrade(port, path, { host }), path).toContain('403');
    }
  });

  it('refuses pages of other sites and lets none of them read', async () => {
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example:3000' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    ];
    for (const headers of foreign) {
      for (const door of doors()) {
        const answer = await knock(door, headers as unknown as Record<string, string>);
        expect([door.method, door.path, answer.status]).toEqual([door.method, door.path, 403]);
        expect(answer.headers['access-control-allow-origin'], door.path).toBeUndefined();
      }
    }
    for (const { port, path } of sockets()) {
      expect(await upgrade(port, path, { origin: 'https://evil.example' }), path).toContain('403');
    }
  });

  it('lets a page of this machine read by its own name, never by a wildcard', async () => {
    const origin = 'http://localhost:5173';
    for (const door of doors()) {
      const { status, headers } = await knock(door, { origin, 'sec-fetch-site': 'cross-site' });
      expect(status, door.path).not.toBe(403);
      expect(headers['access-control-allow-origin'], door.path).toBe(origin);
      expect(Object.values(headers), door.path).not.toContain('*');
    }
  });

  it('survives addresses that are none and callers that hang up', async () => {
    for (const { port, path } of [...sockets(), { port: receivers.httpPort, path: '/v1/traces' }]) {
      for (const target of ['//[', 'http://[', '/%', path, `${path}?query=%7B&limit=x&start=y`]) {
        await new Promise<void>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.write(
              `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
            );
          });
          socket.on('error', () => {});
          socket.once('data', () => socket.resetAndDestroy());
          socket.once('close', () => resolve());
          socket.setTimeout(2000, () => socket.destroy());
        });
      }
      expect((await knock({ method: 'GET', port, path: '/ready' }, {})).status).toBeLessThan(500);
    }
  });
});
