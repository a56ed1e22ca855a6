import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { ContainerSpec } from './container-engine';
import { busyboxImage, importBusybox } from './test-busybox-image';
import { openLocalEngine } from './test-local-engine';

const engine = await openLocalEngine();
const ready = engine !== null && (await importBusybox());
const project = `wt-test-${randomBytes(4).toString('hex')}`;
const label = `com.docker.compose.project=${project}`;
const labels = { 'com.docker.compose.project': project };
const network = `${project}_default`;

function specOf(name: string, script: string, more: Partial<ContainerSpec> = {}): ContainerSpec {
  return {
    name: `${project}-${name}-1`,
    image: busyboxImage,
    command: ['/bin/busybox', 'sh', '-c', script],
    environment: { GREETING: 'hello' },
    labels,
    mounts: [],
    ports: [],
    network,
    aliases: [name],
    extraHosts: [],
    restart: 'no',
    ...more,
  };
}

async function untilEnded(id: string) {
  for (;;) {
    const details = (await engine!.inspect(id))!;
    if (details.state === 'exited') return details;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.skipIf(!ready)('the real container engine', () => {
  afterAll(async () => {
    for (const { id } of await engine!.list(label)) await engine!.remove(id, { force: true });
    for (const { name } of await engine!.volumes(label)) await engine!.removeVolume(name);
    await engine!.removeNetwork(network);
  });

  it('makes a network and a volume once, however often it is asked', async () => {
    await engine!.ensureNetwork(network, labels);
    await engine!.ensureNetwork(network, labels);
    await engine!.ensureVolume(`${project}_data`, labels);
    await engine!.ensureVolume(`${project}_data`, labels);
    expect(await engine!.volumes(label)).toEqual([{ name: `${project}_data`, labels, bytes: expect.any(Number) }]);
  });

  it('runs a container, with files put in before its start, and reads its log in order', async () => {
    const id = await engine!.create(
      specOf('job', 'echo "$GREETING"; /bin/busybox cat /etc/job/words; echo oops >&2; exit 3', {
        mounts: [{ volume: `${project}_data`, target: '/data' }],
      }),
    );
    const words = { path: '/etc/job/words', content: 'from a file\n', mode: 0o600 };
    await engine!.putFiles(id, [words]);
    expect(await engine!.readFile(id, '/etc/job/words')).toBe('from a file\n');
    expect(await engine!.readFile(id, '/etc/job/none')).toBeNull();
    const before = Date.now();
    await engine!.start(id);
    const details = await untilEnded(id);
    expect(details).toMatchObject({
      name: `${project}-job-1`,
      image: busyboxImage,
      exitCode: 3,
      outOfMemory: false,
      mounts: [{ kind: 'volume', source: `${project}_data`, target: '/data' }],
    });
    expect(details.startedAt).toBeGreaterThan(before - 2_000);
    const lines = [];
    const signal = new AbortController().signal;
    for await (const line of engine!.logs(id, { tail: 10, follow: false, signal })) lines.push(line);
    expect(lines.map(({ text }) => text).sort()).toEqual(['from a file', 'hello', 'oops']);
    expect(lines.find(({ text }) => text === 'oops')!.stream).toBe('stderr');
    expect(lines[0]!.at).toBeGreaterThan(before - 2_000);
  });

  it('follows a log, runs programs beside, measures, restarts and stops', async () => {
    const script = 'echo up; trap "exit 0" TERM; while :; do /bin/busybox sleep 0.05; done';
    const id = await engine!.create(
      specOf('server', script, { ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 0 }] }),
    );
    await engine!.start(id);
    await engine!.start(id);
    const abort = new AbortController();
    for await (const line of engine!.logs(id, { tail: 10, follow: true, signal: abort.signal })) {
      expect(line.text).toBe('up');
      abort.abort();
    }
    expect(await engine!.exec(id, ['/bin/busybox', 'sh', '-c', 'echo here; exit 5'], { timeoutMs: 10_000 })).toEqual({
      exitCode: 5,
      output: 'here\n',
    });
    await expect(engine!.exec(id, ['/bin/busybox', 'sleep', '30'], { timeoutMs: 300 })).rejects.toMatchObject({
      name: 'EngineFailure',
      status: 0,
    });
    const first = (await engine!.usage(id))!;
    const second = (await engine!.usage(id))!;
    expect(first.memoryBytes).toBeGreaterThan(0);
    expect(first.memoryLimitBytes).toBeGreaterThan(first.memoryBytes);
    expect(second.cpu).toBeGreaterThanOrEqual(0);
    expect(second.cpu).toBeLessThan(4);
    const running = (await engine!.inspect(id))!;
    expect(running.ports).toEqual([{ containerPort: 80, hostIp: '127.0.0.1', hostPort: expect.any(Number) }]);
    await engine!.restart(id, 2_000);
    await engine!.stop(id, 2_000);
    await engine!.stop(id, 2_000);
    expect(await engine!.inspect(id)).toMatchObject({ state: 'exited', exitCode: 0 });
    expect(await engine!.usage(id)).toBeNull();
  });

  it('lists by label and says null for what is not there', async () => {
    const names = (await engine!.list(label)).map(({ name }) => name).sort();
    expect(names).toEqual([`${project}-job-1`, `${project}-server-1`]);
    expect(await engine!.inspect(`${project}-none-1`)).toBeNull();
    expect(await engine!.image(`${project}/none:1`)).toBeNull();
    expect(await engine!.image(busyboxImage)).toMatchObject({ architecture: expect.stringMatching(/^[a-z0-9]+$/) });
    await engine!.remove(`${project}-none-1`, { force: true });
  });

  it('says in the engine’s words why a container cannot be made', async () => {
    await expect(engine!.create(specOf('x', 'true', { image: `${project}/none:1` }))).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('No such image'),
    });
    await expect(engine!.create(specOf('job', 'true'))).rejects.toMatchObject({ status: 409 });
  });

  it('refuses the project of a real user', async () => {
    await expect(engine!.list('com.docker.compose.project=watchtower')).rejects.toThrow('real project');
    const real = specOf('y', 'true', { labels: { 'com.docker.compose.project': 'watchtower' } });
    await expect(engine!.create(real)).rejects.toThrow('real project');
  });
});
