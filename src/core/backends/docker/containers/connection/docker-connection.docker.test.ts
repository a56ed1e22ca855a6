import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type DockerProxy, openDockerProxy } from '../test-docker-proxy';
import { openLocalEngine } from '../test-local-engine';
import { DockerConnection, type EngineSignal } from './docker-connection';

const engine = await openLocalEngine();
const log = { info() {}, warn() {}, error() {} };

describe.skipIf(!engine)('the connection to a real engine behind a proxy', () => {
  let folder: string;
  let proxy: DockerProxy | undefined;
  let connection: DockerConnection;
  let signals: EngineSignal[];

  async function connect(options: { listening?: boolean; now?: () => number } = {}) {
    folder = await mkdtemp(join(tmpdir(), 'wt-docker-'));
    const path = join(folder, 'docker.sock');
    if (options.listening !== false) proxy = await openDockerProxy(path);
    const environment = { env: { DOCKER_HOST: `unix://${path}` }, home: folder, platform: process.platform };
    connection = new DockerConnection({ log, environment, ...(options.now && { now: options.now }) });
    signals = [];
    connection.onSignal((signal) => signals.push(signal));
    connection.start();
    return path;
  }

  /** Milliseconds until it is so; polls the condition that listeners are told of, bounded by the test's own limit. */
  async function until(condition: () => boolean): Promise<number> {
    const start = performance.now();
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
    return performance.now() - start;
  }
  const isIn = (state: string) => () => connection.status.state === state;
  const resyncs = () => signals.filter(({ type }) => type === 'resync').length;

  afterEach(async () => {
    connection.stop();
    await proxy?.close();
    proxy = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('says which engine it found and why, and passes its events on', async () => {
    await connect();
    await until(() => resyncs() === 1);
    expect(connection.status).toEqual({
      state: 'connected',
      endpoint: expect.stringMatching(/^unix:\/\/.*docker\.sock$/),
      reason: 'DOCKER_HOST',
      version: expect.stringMatching(/^(Docker|Podman) Engine \d/),
      architecture: expect.stringMatching(/^[a-z0-9]+$/),
    });
    const name = `wt-test-${process.pid}-${Date.now()}`;
    await connection.engine!.ensureVolume(name, { 'com.docker.compose.project': name });
    await connection.engine!.removeVolume(name);
    await until(() => signals.filter((signal) => signal.type === 'event' && signal.event.id === name).length === 2);
    expect(signals.flatMap((signal) => (signal.type === 'event' ? [signal.event.action] : []))).toContain('destroy');
  });

  it('says within 2 s that there is no engine, and attaches by itself later (28)', async () => {
    const path = await connect({ listening: false });
    expect(await until(isIn('absent'))).toBeLessThan(2_000);
    expect(connection.engine).toBeNull();
    expect(connection.status.problem).toMatchObject({ kind: 'engine-absent', message: expect.stringContaining(path) });
    proxy = await openDockerProxy(path);
    expect(await until(isIn('connected'))).toBeLessThan(3_000);
    expect(connection.engine).not.toBeNull();
  });

  it('says within 2 s that the engine was killed, and attaches again when it is back (29)', async () => {
    const path = await connect();
    await until(() => resyncs() === 1);
    await proxy!.close();
    proxy = undefined;
    expect(await until(isIn('absent'))).toBeLessThan(2_000);
    expect(connection.engine).toBeNull();
    proxy = await openDockerProxy(path);
    await until(isIn('connected'));
    await until(() => resyncs() === 2);
  });

  it('says within 5 s that the engine hangs, and goes on once it answers (30)', async () => {
    await connect();
    await until(() => resyncs() === 1);
    proxy!.mode = 'silent';
    expect(await until(isIn('not-responding'))).toBeLessThan(5_000);
    expect(connection.status.problem).toMatchObject({ kind: 'engine-not-responding' });
    proxy!.mode = 'pass';
    await until(isIn('connected'));
    await until(() => resyncs() === 2);
  });

  it('subscribes again and asks for a new list within 5 s when the events end while the engine lives (31)', async () => {
    await connect();
    await until(() => resyncs() === 1);
    proxy!.endEvents();
    expect(await until(() => resyncs() === 2)).toBeLessThan(5_000);
    expect(connection.status.state).toBe('connected');
  });

  it('tries at most once a second, whatever the engine does (32)', async () => {
    await connect();
    await until(() => resyncs() === 1);
    proxy!.refuseEvents = true;
    proxy!.endEvents();
    await until(() => proxy!.subscriptions.length >= 5);
    const pauses = proxy!.subscriptions.slice(1).map((at, index) => at - proxy!.subscriptions[index]!);
    for (const pause of pauses) expect(pause).toBeGreaterThan(950);
    expect(connection.tries).toBe(proxy!.subscriptions.length + 1);
  });

  it('asks for a new list within 10 s of a sleep (44)', async () => {
    let slept = 0;
    await connect({ now: () => Date.now() + slept });
    await until(() => resyncs() === 1);
    slept = 8 * 3_600_000;
    expect(await until(() => resyncs() === 2)).toBeLessThan(10_000);
    expect(connection.status.state).toBe('connected');
  });

  it('says that an engine is too old, with its name and what to do', async () => {
    folder = await mkdtemp(join(tmpdir(), 'wt-docker-'));
    const path = join(folder, 'docker.sock');
    proxy = await openDockerProxy(path);
    proxy.mode = 'old';
    const environment = { env: { DOCKER_HOST: `unix://${path}` }, home: folder, platform: process.platform };
    connection = new DockerConnection({ log, environment });
    connection.start();
    await until(isIn('too-old'));
    expect(connection.status).toMatchObject({ version: 'Docker Engine 19.03.15', problem: { kind: 'engine-too-old' } });
  });
});
