import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClusterApi } from '../api/cluster-api';
import { TestApiServer } from '../api/test-api-server';
import { lookForCluster } from '../connection/look-for-cluster';
import { KeptForward } from './kept-forward';

let server: TestApiServer;
let standIn: Server;
let api: ClusterApi;
let pod: string | null;
let forward: KeptForward;

beforeEach(async () => {
  pod = 'tempo-0';
  server = new TestApiServer();
  await server.open();
  standIn = createServer((request, response) => response.end(`answer to ${request.url}`));
  await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
  server.podPorts.set(3200, (standIn.address() as AddressInfo).port);
  const found = await lookForCluster({
    context: 'of-the-test',
    owned: false,
    environment: server.environment('of-the-test'),
  });
  if (!('api' in found)) throw new Error(found.problem.message);
  api = found.api;
  forward = new KeptForward({
    title: 'Tempo',
    preferredPort: 0,
    target: () => (pod === null ? null : { api, namespace: 'watchtower', pod, port: 3200 }),
    log: { info() {}, warn() {}, error() {} },
  });
  await forward.open();
});

afterEach(async () => {
  await forward.close();
  standIn.closeAllConnections();
  standIn.close();
  await server.close();
});

const ask = (path: string) =>
  fetch(`http://127.0.0.1:${forward.port}${path}`, { headers: { connection: 'close' } }).then(
    (answer) => answer.text(),
    () => 'cut off',
  );

it('leads each connection to the pod that is there then', async () => {
  expect(await Promise.all([ask('/a'), ask('/b')])).toEqual(['answer to /a', 'answer to /b']);
  pod = 'tempo-1';
  expect(await ask('/c')).toBe('answer to /c');
  expect(server.calls.filter((call) => call.startsWith('UPGRADE')).at(-1)).toContain('/pods/tempo-1/portforward');
});

it('stays while there is no pod, and while the cluster is away', async () => {
  pod = null;
  expect(await ask('/a')).toBe('cut off');
  pod = 'tempo-0';
  await server.lose();
  expect(await ask('/b')).toBe('cut off');
  await server.open();
  expect(await ask('/c')).toBe('answer to /c');
});

it('carries more than fits into one message, both ways', async () => {
  standIn.removeAllListeners('request');
  standIn.on('request', (request, response) => request.pipe(response));
  const body = 'x'.repeat(3_000_000);
  const answer = await fetch(`http://127.0.0.1:${forward.port}/`, { method: 'POST', body });
  expect((await answer.text()).length).toBe(body.length);
});

it('takes another port where the one that it would like is held', async () => {
  const second = new KeptForward({
    title: 'Tempo',
    preferredPort: forward.port,
    target: () => null,
    log: { info() {}, warn() {}, error() {} },
  });
  await second.open();
  expect(second.port).not.toBe(forward.port);
  expect(second.port).toBeGreaterThan(0);
  await second.close();
});
