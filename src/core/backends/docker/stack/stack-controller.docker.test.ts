import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendStatus } from '../../../../shared/contract/backend';
import { openLocalEngine } from '../containers/test-local-engine';
import { serviceFacts, serviceNames } from './plan/service-facts';
import { toSource } from './stack-settings';
import { openTestStack, type TestStack } from './test-stack';
import { importStandIn, standInImage } from './test-stand-in';

const engine = await openLocalEngine();
const ready = engine !== null && (await importStandIn('answering'));
const run = promisify(execFile);
const hasCompose =
  ready &&
  (await run('docker', ['compose', 'version']).then(
    () => true,
    () => false,
  ));
if (ready && !hasCompose) console.info('There is no `docker compose` here: what it sees is not tested.');

const serviceOf = (status: BackendStatus, name: string) => status.services.find((service) => service.name === name)!;
const ids = (status: BackendStatus) => status.services.map(({ instance }) => instance);

describe.skipIf(!ready)('the stack on a real container engine', { timeout: 60_000 }, () => {
  let test: TestStack;
  beforeAll(async () => {
    test = await openTestStack();
  });
  afterAll(() => test.dispose(engine!));

  async function compose(...args: string[]): Promise<string> {
    const { file, variables } = toSource(test.settings);
    const { stdout, stderr } = await run('docker', ['compose', '-f', file, ...args], {
      env: { ...variables } as NodeJS.ProcessEnv,
    });
    return stdout + stderr;
  }

  it('starts all five in order and is ready when each answers on its published port', async () => {
    test.extraFiles.push({ path: '/etc/alloy/secrets/sumo', content: 'canary-secret', mode: 0o600 });
    const states = new Set<string>();
    const unsubscribe = test.stack.subscribe(() => states.add(test.stack.status().state));
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    unsubscribe();
    const status = test.stack.status();
    expect([...states].filter((state) => state !== 'stopped')).toEqual(['preparing', 'starting', 'ready']);
    expect(status).toMatchObject({ adopted: false, problem: null, step: '' });
    expect(status.services.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready']);
    const started = Object.fromEntries(status.services.map(({ name, startedAt }) => [name, startedAt!]));
    expect(Math.max(started.tempo!, started.loki!, started.prometheus!)).toBeLessThanOrEqual(started.alloy!);
    expect((await fetch(`http://127.0.0.1:${test.stack.ports.tempo}/ready`)).status).toBe(200);
    for (const name of serviceNames)
      expect(serviceOf(status, name).ports).toHaveLength(serviceFacts[name].ports.length);
  });

  it('copies configs and secrets in and mounts neither', async () => {
    const alloy = test.stack.containerId('alloy')!;
    expect(await engine!.readFile(alloy, '/etc/alloy/config.alloy')).toContain('otelcol.receiver.otlp');
    expect(await engine!.readFile(alloy, '/etc/alloy/secrets/sumo')).toBe('canary-secret');
    expect((await engine!.inspect(alloy))!.mounts.map(({ kind }) => kind)).toEqual(['volume']);
    expect(test.stack.configsCopied('alloy')).toBe(true);
  });

  it('reads the log of a service', async () => {
    const outcome = await test.stack.logs('loki', { tail: 10, follow: false, signal: new AbortController().signal });
    const lines = [];
    if ('lines' in outcome) for await (const line of outcome.lines) lines.push(line);
    expect(lines).toEqual([
      { at: expect.any(Number), stream: 'stdout', text: 'stand-in with -config.file=/etc/loki/loki.yaml' },
    ]);
  });

  it('measures CPU and memory only while somebody looks', async () => {
    expect(serviceOf(test.stack.status(), 'tempo').memoryBytes).toBeUndefined();
    const unsubscribe = test.stack.subscribe(() => {}, { usage: true });
    const status = await test.until((seen) => serviceOf(seen, 'tempo').memoryBytes !== undefined);
    unsubscribe();
    expect(serviceOf(status, 'tempo')).toMatchObject({ cpu: expect.any(Number), memoryLimitBytes: 1024 ** 3 });
  });

  it.skipIf(!hasCompose)('is one project for docker compose, whose `up` leaves every container as it is', async () => {
    const before = ids(test.stack.status());
    expect((await compose('ps', '--services')).trim().split('\n').sort()).toEqual([...serviceNames].sort());
    const said = await compose('up', '-d', '--wait-timeout', '1');
    expect(said).not.toMatch(/recreate|created|not created by/i);
    expect(ids(test.stack.status())).toEqual(before);
  });

  it('is taken over as it is by the next host, with the same containers and ports', async () => {
    const other = await test.another();
    try {
      const status = await other.until(({ state }) => state === 'ready');
      expect(status.adopted).toBe(true);
      expect(ids(status)).toEqual(ids(test.stack.status()));
      expect(other.stack.ports).toEqual(test.stack.ports);
      expect(await other.stack.up()).toBeNull();
      expect(await other.stack.settled()).toMatchObject({ name: 'ready' });
      expect(ids(other.stack.status())).toEqual(ids(test.stack.status()));
    } finally {
      await other.close();
    }
  });

  it('sees within a second that a service was killed, and mends it on `up` without touching the others', async () => {
    const before = test.stack.status();
    await test.until(({ state }) => state === 'ready');
    const killedAt = Date.now();
    await run('docker', ['kill', test.stack.containerId('loki')!]);
    const degraded = await test.until(({ state }) => state === 'degraded');
    expect(Date.now() - killedAt).toBeLessThan(2_000);
    await test.until((status) => serviceOf(status, 'loki').problem?.details !== undefined);
    expect(serviceOf(test.stack.status(), 'loki')).toMatchObject({
      state: 'exited',
      exitCode: 137,
      crashes: 1,
      problem: { kind: 'service-crashed', details: expect.stringContaining('stand-in with') },
    });
    expect(serviceOf(degraded, 'tempo').state).toBe('ready');
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    expect(ids(test.stack.status())).toEqual(ids(before));
  });

  it('restarts one service', async () => {
    const before = serviceOf(test.stack.status(), 'tempo');
    expect(await test.stack.restartService('tempo')).toBeNull();
    const status = await test.until(
      (seen) => seen.state === 'ready' && serviceOf(seen, 'tempo').startedAt !== before.startedAt,
    );
    expect(serviceOf(status, 'tempo')).toMatchObject({ instance: before.instance, crashes: 0 });
  });

  it('notices within two seconds that a container or a volume was deleted, and makes them again', async () => {
    const volume = `${test.settings.project}_tempo-data`;
    const deletedAt = Date.now();
    await engine!.remove(test.stack.containerId('tempo')!, { force: true });
    const missing = await test.until((status) => serviceOf(status, 'tempo').state === 'missing');
    expect(Date.now() - deletedAt).toBeLessThan(2_000);
    expect(missing).toMatchObject({ state: 'degraded' });
    expect(serviceOf(missing, 'tempo').problem).toMatchObject({ kind: 'container-deleted' });
    await engine!.removeVolume(volume);
    const lost = await test.until((status) => serviceOf(status, 'tempo').problem?.kind === 'volume-deleted');
    expect(serviceOf(lost, 'tempo').problem?.message).toContain('traces');
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    expect(serviceOf(test.stack.status(), 'tempo')).not.toHaveProperty('problem');
  });

  it('copies the volumes before another major version takes them over', async () => {
    await importStandIn('answering', '2');
    const loki = test.stack.containerId('loki')!;
    await engine!.putFiles(loki, [{ path: '/loki/chunk', content: 'kept', mode: 0o644 }]);
    test.settings.images = { ...test.settings.images, loki: standInImage('answering', '2') };
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    const now = test.stack.containerId('loki')!;
    expect(now).not.toBe(loki);
    expect(await engine!.readFile(now, '/loki/chunk')).toBe('kept');
    const [backup] = await readdir(test.backupFolder);
    expect(backup).toMatch(new RegExp(`^${test.settings.project}_loki-data-.*\\.tar\\.gz$`));
    const { stdout } = await run('tar', ['-xzOf', `${test.backupFolder}/${backup}`, '--wildcards', '*chunk']);
    expect(stdout).toBe('kept');
  });

  it('stops to nothing but its volumes, names what a clean will delete, and deletes that', async () => {
    expect(await test.stack.down()).toBeNull();
    expect(test.stack.status()).toMatchObject({ state: 'stopped' });
    expect(ids(test.stack.status())).toEqual([undefined, undefined, undefined, undefined, undefined]);
    const remains = await test.stack.remains();
    expect(remains).toMatchObject({ remains: { containers: [], volumes: { length: 5 } } });
    expect(JSON.stringify(remains)).toContain('Tempo: traces');
    expect(await test.stack.clean()).toEqual(remains);
    expect(await test.stack.remains()).toEqual({ remains: { containers: [], volumes: [] } });
  });

  it.skipIf(!hasCompose)('takes over what docker compose starts, and follows its `down`', async () => {
    const up = compose('up', '-d', '--wait-timeout', '1');
    const status = await test.until(({ state }) => state === 'ready', 40_000);
    await up;
    expect(status.adopted).toBe(true);
    expect(test.stack.configsCopied('alloy')).toBe(false);
    const before = ids(status);
    expect(await test.stack.up()).toBeNull();
    expect(await test.stack.settled()).toMatchObject({ name: 'ready' });
    expect(ids(test.stack.status())).toEqual(before);
    expect(await test.stack.recreateService('alloy')).toBeNull();
    const anew = await test.until((seen) => seen.state === 'ready' && seen.services[0]!.instance !== before[0]);
    expect(ids(anew).slice(1)).toEqual(before.slice(1));
    expect(test.stack.configsCopied('alloy')).toBe(true);
    await compose('down', '--timeout', '1');
    await test.until(
      ({ state, services }) => state === 'stopped' && services.every((each) => each.state === 'missing'),
    );
  });
});
