import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { BackendStatus } from '../../../../shared/contract/backend';
import { openDockerProxy } from '../containers/test-docker-proxy';
import { openLocalEngine } from '../containers/test-local-engine';
import { openFakeRegistry } from '../containers/test-registry';
import type { StackServiceName } from './plan/stack-service-name';
import { openTestStack, type TestStack } from './test-stack';
import { importStandIn, standInImage } from './test-stand-in';

const engine = await openLocalEngine();
const ready = engine !== null && (await importStandIn('answering'));
const run = promisify(execFile);

const serviceOf = (status: BackendStatus, name: StackServiceName) =>
  status.services.find((each) => each.name === name)!;
const states = (status: BackendStatus) => Object.fromEntries(status.services.map(({ name, state }) => [name, state]));

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port }));
  });
}

describe.skipIf(!ready)('the stack in trouble, on a real container engine', { timeout: 60_000 }, () => {
  let test: TestStack;
  const ends: (() => Promise<unknown> | unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function open(images: Partial<Record<StackServiceName, string>> = {}) {
    test = await openTestStack();
    test.settings.images = { ...test.settings.images, ...images };
    ends.push(() => test.dispose(engine!));
  }

  it('names the process that holds a port, before anything is created', async () => {
    await open();
    const { server, port } = await listen();
    ends.push(() => server.close());
    test.settings.ports.loki = port;
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({
      name: 'failed',
      problem: {
        kind: 'port-in-use',
        message: expect.stringMatching(new RegExp(`^Port ${port} is in use by .+ \\(pid ${process.pid}\\)\\.$`)),
        hint: expect.stringContaining('--loki-port'),
      },
    });
    expect(await test.stack.remains()).toEqual({ remains: { containers: [], volumes: [] } });
    server.close();
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    expect(test.stack.ports.loki).toBe(port);
  });

  it('names the container that holds a port', async () => {
    await open();
    const { server, port } = await listen();
    server.close();
    const name = `${test.settings.project}-other`;
    await run('docker', ['run', '-d', '--name', name, '-p', `127.0.0.1:${port}:3200`, standInImage('answering')]);
    ends.push(() => run('docker', ['rm', '-f', name]));
    test.settings.ports.tempo = port;
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({
      name: 'failed',
      problem: { kind: 'port-in-use', message: `Port ${port} is in use by the container ${name}.` },
    });
  });

  it('leaves no container behind that lost its port at the last moment, and keeps the others', async () => {
    await open();
    const { server, port } = await listen();
    server.close();
    test.settings.ports.grafana = port;
    expect(await test.stack.up()).toBeNull();
    await test.until(({ state }) => state === 'starting');
    const thief = createServer();
    await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
    ends.push(() => thief.close());
    expect(await test.stack.settled()).toMatchObject({ name: 'degraded' });
    const status = test.stack.status();
    expect(states(status)).toEqual({
      alloy: 'ready',
      tempo: 'ready',
      loki: 'ready',
      prometheus: 'ready',
      grafana: 'missing',
    });
    expect(serviceOf(status, 'grafana').problem).toMatchObject({
      kind: 'port-in-use',
      message: expect.stringContaining(`Port ${port} is in use by`),
    });
    expect(await engine!.inspect(`${test.settings.project}-grafana-1`)).toBeNull();
    thief.close();
    expect(await test.stack.restartService('grafana')).toBeNull();
    await test.until(({ state }) => state === 'ready');
  });

  it('never touches a container of the same name that is not of the stack', async () => {
    await open();
    const name = `${test.settings.project}-loki-1`;
    const { stdout } = await run('docker', ['run', '-d', '--name', name, standInImage('answering')]);
    ends.push(() => run('docker', ['rm', '-f', name]));
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'failed', problem: { kind: 'name-taken' } });
    expect(await test.stack.down()).toBeNull();
    expect(await test.stack.clean()).toMatchObject({ remains: { containers: [] } });
    expect((await engine!.inspect(name))!.id).toBe(stdout.trim());
  });

  it('says before the start that an image is for other processors', async () => {
    const other = process.arch === 'arm64' ? 'amd64' : 'arm64';
    await importStandIn('answering', 'other', other);
    await open({ tempo: standInImage('answering', 'other') });
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({
      name: 'failed',
      problem: { kind: 'wrong-architecture', message: expect.stringContaining(other) },
    });
    expect(await test.stack.remains()).toMatchObject({ remains: { containers: [] } });
  });

  it('counts the crashes of a service in a loop, with exit code and masked last words, and keeps the others', async () => {
    await importStandIn('crashing');
    await open({ loki: standInImage('crashing') });
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'degraded' });
    const status = await test.until((seen) => serviceOf(seen, 'loki').problem?.details !== undefined);
    expect(serviceOf(status, 'loki')).toMatchObject({
      exitCode: 7,
      outOfMemory: false,
      problem: {
        kind: 'service-crash-loop',
        message: expect.stringMatching(/^Loki ended with exit code 7, \d+ times since the stack was started\.$/),
        details: expect.stringContaining('cannot read the schema, token=[masked]'),
      },
    });
    expect(serviceOf(status, 'loki').crashes).toBeGreaterThanOrEqual(3);
    expect(serviceOf(status, 'tempo').state).toBe('ready');
    test.settings.images = { ...test.settings.images, loki: standInImage('answering') };
    expect(await test.stack.restartService('loki')).toBeNull();
    const mended = await test.until(({ state }) => state === 'ready');
    expect(serviceOf(mended, 'loki')).toMatchObject({ crashes: 0 });
  });

  it('says that a service ran out of memory', async () => {
    await importStandIn('greedy');
    await open({ grafana: standInImage('greedy') });
    expect(await test.stack.up()).toBeNull();
    const status = await test.until(
      (seen) => serviceOf(seen, 'grafana').problem?.kind === 'service-out-of-memory',
      // The kernel fills the limit before it ends the process, next to whatever else runs.
      100_000,
    );
    expect(serviceOf(status, 'grafana')).toMatchObject({ outOfMemory: true });
  }, 120_000);

  it('takes down what a cancelled start had made', async () => {
    await open();
    expect(await test.stack.up()).toBeNull();
    await test.until((status) => serviceOf(status, 'tempo').instance !== undefined);
    expect(test.stack.cancel()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'stopped' });
    expect(await test.stack.remains()).toMatchObject({ remains: { containers: [] } });
  });

  it('pulls only what is missing, with progress, and starts without the registry ever after', async () => {
    const registry = await openFakeRegistry();
    ends.push(() => registry.close());
    const image = `${registry.host}/tempo:3.0.3`;
    await open({ tempo: image });
    ends.push(() => run('docker', ['image', 'rm', '-f', image]));
    const images = new Set<string>();
    let most = 0;
    const unsubscribe = test.stack.subscribe(() => {
      const { pull } = test.stack.status();
      for (const each of pull?.images ?? []) images.add(each.image);
      most = Math.max(most, pull?.totalBytes ?? 0);
    });
    expect(await test.stack.up()).toBeNull();
    // The image holds no program: everything else comes up beside it.
    expect(await test.stack.settled()).toMatchObject({ name: 'degraded' });
    unsubscribe();
    expect([...images]).toEqual([image]);
    expect(most).toBeGreaterThan(500_000);
    expect(serviceOf(test.stack.status(), 'tempo').problem?.kind).toBe('service-start-failed');
    const asked = registry.asked.length;
    registry.mood = 'broken';
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'degraded' });
    expect(registry.asked).toHaveLength(asked);
  });

  it.each([
    ['missing', 'pull-not-found'],
    ['unauthorized', 'pull-unauthorized'],
    ['other-architecture', 'pull-wrong-architecture'],
  ] as const)('ends a pull that cannot succeed: %s', async (mood, kind) => {
    const registry = await openFakeRegistry();
    ends.push(() => registry.close());
    registry.mood = mood;
    await open({ tempo: `${registry.host}/tempo:3.0.3` });
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'failed', problem: { kind } });
    expect(await test.stack.remains()).toEqual({ remains: { containers: [], volumes: [] } });
  });

  it.each([
    ['rate-limited', 'pull-rate-limited'],
    ['broken', 'pull-registry-failed'],
    ['cut', 'pull-cut'],
  ] as const)('says within two seconds why a pull waits, and can be cancelled: %s', async (mood, kind) => {
    const registry = await openFakeRegistry();
    ends.push(() => registry.close());
    registry.mood = mood;
    await open({ tempo: `${registry.host}/tempo:3.0.3` });
    expect(await test.stack.up()).toBeNull();
    await test.until(({ state }) => state === 'pulling');
    const from = Date.now();
    const status = await test.until(({ pull }) => pull?.images[0]?.problem !== undefined);
    expect(Date.now() - from).toBeLessThan(2_000);
    expect(status.pull!.images[0]!.problem).toMatchObject({ kind, hint: expect.stringContaining('tried again') });
    expect(test.stack.cancel()).toBeNull();
    expect(test.stack.status()).toMatchObject({ state: 'stopped', pull: null });
  });

  it('keeps showing the services while the engine hangs or is gone, and is right again when it is back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'watchtower-proxy-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const socket = join(folder, 'docker.sock');
    const proxy = await openDockerProxy(socket);
    test = await openTestStack(undefined, socket);
    ends.push(async () => {
      await test.dispose(engine!);
      await proxy.close();
    });
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    proxy.mode = 'silent';
    const hung = await test.until(({ state }) => state === 'degraded');
    expect(hung.problem).toMatchObject({ kind: hung.runtime.problem!.kind });
    expect(hung.runtime.state).toBe('not-responding');
    expect(states(hung)).toEqual({
      alloy: 'ready',
      tempo: 'ready',
      loki: 'ready',
      prometheus: 'ready',
      grafana: 'ready',
    });
    expect(await test.stack.up()).toMatchObject({ kind: hung.runtime.problem!.kind });
    await engine!.remove(test.stack.containerId('loki')!, { force: true });
    proxy.mode = 'pass';
    const back = await test.until(
      ({ runtime, services }) => runtime.state === 'connected' && services[2]!.state === 'missing',
    );
    expect(back).toMatchObject({ state: 'degraded', problem: null });
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
  });
});
