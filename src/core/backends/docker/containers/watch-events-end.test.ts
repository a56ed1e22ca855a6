import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DockerConnection, type EngineSignal } from './connection/docker-connection';

let folder: string;
let server: Server;
let errors: object[];
let connection: DockerConnection;
let streams: number;
/** What the engine writes on its stream of events before it ends it. */
let stream = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-events-'));
  streams = 0;
  errors = [];
  server = createServer((request, response) => {
    if (request.url?.includes('/events')) {
      streams++;
      response.end(stream);
    } else response.end(JSON.stringify({ Version: '28.0.0', ApiVersion: '1.48', Arch: 'amd64' }));
  });
  const path = join(folder, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  connection = new DockerConnection({
    log: { info() {}, warn() {}, error: (details) => errors.push(details) },
    environment: { env: { DOCKER_HOST: `unix://${path}` }, home: folder, platform: 'linux' },
    schedule: (run, milliseconds) => void setTimeout(run, milliseconds / 50),
  });
});
afterEach(async () => {
  connection.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

it('events that end in the middle of a line are followed again, and what came before is told', async () => {
  stream = '{"Type":"container","Action":"start","Actor":{"ID":"a"},"time":1}\n{"Type":"contai';
  const signals: EngineSignal[] = [];
  connection.onSignal((signal) => signals.push(signal));
  connection.start();
  await expect.poll(() => streams).toBeGreaterThan(1);
  expect(signals).toContainEqual({ type: 'event', event: expect.objectContaining({ kind: 'container', id: 'a' }) });
  expect(errors).toEqual([]);
});

it('a listener that fails is logged, and the events are followed again', async () => {
  stream = '{"Type":"container","Action":"start","Actor":{"ID":"a"},"time":1}\n';
  connection.onSignal(({ type }) => {
    if (type === 'event') throw new TypeError('a bug');
  });
  connection.start();
  await expect.poll(() => streams).toBeGreaterThan(1);
  expect(errors[0]).toMatchObject({ work: 'container engine: events', error: expect.any(TypeError) });
});
