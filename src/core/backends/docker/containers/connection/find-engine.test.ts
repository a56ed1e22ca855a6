import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEnvironment } from '../engine-endpoint';
import { listEngineCandidates } from './engine-candidates';
import { findEngine } from './find-engine';
import { probeEngine } from './probe-engine';

const docker = { Version: '28.2.2', ApiVersion: '1.50', MinAPIVersion: '1.24', Arch: 'arm64' };
const podman = { ...docker, ApiVersion: '1.41', Components: [{ Name: 'Podman Engine', Version: '5.4.0' }] };

describe('finding the container engine (33)', () => {
  let home: string;
  let servers: (Server | TcpServer)[];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'wt-home-'));
    servers = [];
  });

  afterEach(async () => {
    for (const server of servers) {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    }
    await rm(home, { recursive: true, force: true });
  });

  async function listen(path: string, answer: object | RequestListener = docker): Promise<string> {
    const socket = join(home, path);
    await mkdir(dirname(socket), { recursive: true });
    const listener: RequestListener =
      typeof answer === 'function'
        ? (answer as RequestListener)
        : (_request, response) =>
            response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    const server = createServer(listener).listen(socket);
    servers.push(server);
    await once(server, 'listening');
    return socket;
  }

  async function addContext(name: string, host: string): Promise<void> {
    const id = createHash('sha256').update(name).digest('hex');
    const folder = join(home, '.docker/contexts/meta', id);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  }

  /** Sockets of the real machine stay out of it. */
  async function find(env: EngineEnvironment['env'] = {}, platform: NodeJS.Platform = 'darwin', limitMs = 1_000) {
    return findEngine({ env: { XDG_RUNTIME_DIR: join(home, 'run'), ...env }, home, platform }, (endpoint) =>
      'path' in endpoint && !endpoint.path.startsWith(home)
        ? Promise.resolve({ found: 'nothing', reason: 'missing', words: 'ENOENT' })
        : probeEngine(endpoint, limitMs),
    );
  }

  it.each([
    ['.docker/run/docker.sock', 'darwin', 'socket of Docker Desktop'],
    ['.orbstack/run/docker.sock', 'darwin', 'socket of OrbStack'],
    ['.colima/default/docker.sock', 'darwin', 'socket of Colima'],
    ['.config/colima/default/docker.sock', 'darwin', 'socket of Colima'],
    ['.rd/docker.sock', 'darwin', 'socket of Rancher Desktop'],
    ['.local/share/containers/podman/machine/podman.sock', 'darwin', 'socket of Podman'],
    ['run/docker.sock', 'linux', 'socket of rootless Docker'],
    ['.docker/desktop/docker.sock', 'linux', 'socket of Docker Desktop'],
    ['.rd/docker.sock', 'linux', 'socket of Rancher Desktop'],
    ['.colima/default/docker.sock', 'linux', 'socket of Colima'],
    ['run/podman/podman.sock', 'linux', 'socket of rootless Podman'],
  ] as const)('takes %s on %s and says that it is the %s', async (path, platform, reason) => {
    const socket = await listen(path);
    expect(await find({}, platform)).toEqual({
      found: {
        endpoint: { kind: 'socket', path: socket, url: `unix://${socket}` },
        reason,
        name: 'Docker Engine 28.2.2',
        architecture: 'arm64',
        apiVersion: '1.50',
      },
    });
  });

  it('knows the pipes of Windows', async () => {
    const listed = await listEngineCandidates({ env: {}, home, platform: 'win32' });
    expect(listed).toMatchObject({
      chosen: false,
      candidates: [
        { endpoint: { kind: 'socket', path: '//./pipe/docker_engine', url: 'npipe:////./pipe/docker_engine' } },
        { reason: 'pipe of Docker Desktop' },
        { reason: 'pipe of Podman' },
      ],
    });
  });

  it('takes DOCKER_HOST before the context, and the context before any socket', async () => {
    await listen('.docker/run/docker.sock');
    const chosen = await listen('a.sock');
    const context = await listen('b.sock', podman);
    await addContext('work', `unix://${context}`);
    await writeFile(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'work' }));
    expect(await find({ DOCKER_HOST: `unix://${chosen}` })).toMatchObject({ found: { reason: 'DOCKER_HOST' } });
    expect(await find()).toMatchObject({ found: { reason: 'Docker context work', name: 'Podman Engine 5.4.0' } });
    expect(await find({ DOCKER_CONTEXT: 'default' })).toMatchObject({ found: { reason: 'socket of Docker Desktop' } });
  });

  it('takes no other engine where the chosen one does not answer', async () => {
    await listen('.docker/run/docker.sock');
    const nowhere = join(home, 'none.sock');
    expect(await find({ DOCKER_HOST: `unix://${nowhere}` })).toMatchObject({
      missed: { state: 'absent', reason: 'DOCKER_HOST', problem: { kind: 'engine-absent', hint: /unset DOCKER_HOST/ } },
    });
    expect(await find({ DOCKER_CONTEXT: 'gone' })).toMatchObject({
      missed: { problem: { kind: 'docker-context-missing' } },
    });
    expect(await find({ DOCKER_HOST: 'ssh://me@far' })).toMatchObject({
      missed: { problem: { kind: 'engine-over-ssh' } },
    });
    expect(await find({ DOCKER_HOST: 'unix://' })).toMatchObject({
      missed: { problem: { kind: 'engine-address-unreadable' } },
    });
  });

  it('passes a socket that is dead and one that hangs', async () => {
    await listen('.docker/run/docker.sock', () => {});
    await listen('.rd/docker.sock');
    expect(await find({}, 'darwin', 300)).toMatchObject({ found: { reason: 'socket of Rancher Desktop' } });
  });

  it('says that an engine hangs, is too old, may not be used, or is none at all', async () => {
    const path = await listen('x.sock', () => {});
    expect(await find({ DOCKER_HOST: `unix://${path}` }, 'linux', 200)).toMatchObject({
      missed: { state: 'not-responding', problem: { kind: 'engine-not-responding' } },
    });
    const old = await listen('old.sock', { ...docker, Version: '19.03.15', ApiVersion: '1.40' });
    expect(await find({ DOCKER_HOST: `unix://${old}` })).toMatchObject({
      missed: { state: 'too-old', version: 'Docker Engine 19.03.15', problem: { kind: 'engine-too-old' } },
    });
    const web = await listen('web.sock', (_request, response) => response.end('<h1>hello</h1>'));
    expect(await find({ DOCKER_HOST: `unix://${web}` })).toMatchObject({
      missed: {
        state: 'absent',
        problem: { kind: 'engine-absent', details: expect.stringContaining('no container engine') },
      },
    });
  });

  // Root may use every socket.
  it.skipIf(process.getuid?.() === 0)('says how to be allowed to use an engine', async () => {
    const path = await listen('.rd/docker.sock');
    await chmod(path, 0);
    expect(await find({}, 'linux')).toMatchObject({ missed: { problem: { kind: 'engine-forbidden' } } });
  });

  it.each([
    ['darwin', 'OrbStack'],
    ['linux', 'systemctl start docker'],
    ['win32', 'Docker Desktop'],
  ] as const)('says on %s how to get an engine', async (platform, hint) => {
    expect(await find({}, platform)).toMatchObject({
      missed: {
        state: 'absent',
        endpoint: '',
        problem: { kind: 'engine-absent', hint: expect.stringContaining(hint) },
      },
    });
  });

  it('speaks with an engine over TCP, and never shows the credentials of its address', async () => {
    const server = createServer((_request, response) => response.end(JSON.stringify(docker))).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const found = await find({ DOCKER_HOST: `tcp://me:secret@127.0.0.1:${port}` });
    expect(found).toMatchObject({ found: { endpoint: { url: `tcp://127.0.0.1:${port}` } } });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('speaks TLS where the context or DOCKER_TLS_VERIFY says so', async () => {
    const hello = new Promise<Buffer>((resolve) => {
      const server = createTcpServer((socket) =>
        socket.once('data', (data) => {
          resolve(data);
          socket.destroy();
        }),
      );
      servers.push(server.listen(0, '127.0.0.1'));
    });
    await once(servers[0]!, 'listening');
    const { port } = servers[0]!.address() as { port: number };
    await mkdir(join(home, 'certs'));
    const env = {
      DOCKER_HOST: `tcp://127.0.0.1:${port}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: join(home, 'certs'),
    };
    expect(await find(env)).toMatchObject({ missed: { state: 'absent' } });
    // A TLS handshake begins with the content type 22.
    expect((await hello)[0]).toBe(22);
  });
});
