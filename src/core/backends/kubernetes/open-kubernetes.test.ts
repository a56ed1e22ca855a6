import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Forwarding } from '../../destinations/forwarding';
import type { TestApiServer, TestObject } from './api/test-api-server';
import { cluster } from './cluster/cluster';
import { kubeconfig, node, ourPorts, ourServer } from './cluster/test-answers';
import { stackFolder } from './cluster/test-paths';
import type { KubernetesBackend } from './kubernetes-backend';
import { openKubernetes } from './open-kubernetes';
import { apps, core, openTestCluster, putWorkload } from './test-cluster';
import type { RunTool } from './tools/run-tool';

const sumo: Forwarding = {
  destinations: [
    {
      id: 'sumo',
      endpoint: 'https://in.sumologic.com/receiver/v1/otlp',
      headers: { 'x-sumo-token': 'CANARY0815' },
    },
  ],
  redaction: [],
};

let server: TestApiServer;
let backend: KubernetesBackend;
let home: string;
let context: string | undefined;
/** `tool arg …` of each tool that was run. */
let ran: string[];
let run: RunTool;

beforeEach(() => {
  [context, ran] = [undefined, []];
  home = mkdtempSync(join(tmpdir(), 'wt-kubernetes-'));
  run = async (tool, args) => {
    ran.push([tool, ...args].join(' '));
    return { code: 127, stdout: '', stderr: '' };
  };
});

afterEach(async () => {
  await backend.close();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function open(deployed: boolean, named?: string): Promise<void> {
  server = await openTestCluster(deployed);
  context = named;
  backend = openKubernetes({
    home,
    stackFolder,
    context: () => context,
    async saveContext(chosen) {
      context = chosen;
      return null;
    },
    maskSecrets: (text) => text.replaceAll('CANARY0815', '…'),
    log: { info() {}, warn() {}, error() {} },
    environment: server.environment(named ?? 'kind-watchtower'),
    hostPorts: { grafana: 0, otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, mimir: 0 },
    run: (...call) => run(...call),
  });
}

const state = () => backend.describe().state;

describe('a stack that is deployed', () => {
  it('is taken up as it is, with nothing run, and reached by ports of its own', async () => {
    await open(true);
    backend.start();
    await expect.poll(state).toBe('ready');
    const status = backend.services.status();
    expect(status).toMatchObject({
      place: 'kind-watchtower, namespace watchtower',
      runtime: { state: 'connected', version: 'Kubernetes v1.37.0' },
      adopted: true,
      problem: null,
    });
    expect(status.services.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tempo', 'loki', 'mimir-ingester', 'grafana', 'alloy']),
    );
    const { endpoints, keptAt } = backend.describe();
    expect(keptAt.here).toBe(true);
    await expect.poll(() => backend.describe().endpoints.otlpHttp).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]/);
    expect(new Set(Object.values(endpoints)).size).toBe(6);
    expect(endpoints.prometheus).toMatch(/\/prometheus$/);
    expect(ran).toEqual([]);
  });

  it('is degraded while its server is away, says why, and is found again by itself', async () => {
    await open(true);
    backend.start();
    await expect.poll(state).toBe('ready');
    await server.lose();
    await expect.poll(state).toBe('degraded');
    expect(backend.describe().problems).toMatchObject([{ id: 'kubernetes', kind: 'cluster-absent' }]);
    await server.open();
    await expect.poll(state).toBe('ready');
  });

  it('has a workload restarted as kubectl does it, and refuses one that is not there', async () => {
    await open(true);
    backend.start();
    await expect.poll(state).toBe('ready');
    expect(await backend.services.restartService('tempo')).toBeNull();
    expect(server.object(`${apps}/statefulsets`, 'tempo')).toMatchObject({
      spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': expect.any(String) } } } },
    });
    expect(await backend.services.restartService('nothing')).toMatchObject({ kind: 'service-missing' });
  });

  it('tells what a pod wrote, without its secrets', async () => {
    await open(true);
    server.logs.set('alloy-0', ['one', 'refused https://x/CANARY0815']);
    backend.start();
    await expect.poll(state).toBe('ready');
    const { signal } = new AbortController();
    const logs = await backend.services.logs('alloy', { tail: 100, follow: false, signal });
    if (!('lines' in logs)) throw new Error(logs.problem.message);
    const texts: string[] = [];
    for await (const { text } of logs.lines) texts.push(text);
    expect(texts).toEqual(['one', 'refused https://x/…']);
    expect(await backend.services.logs('tempo', { tail: 1, follow: false, signal })).toMatchObject({
      problem: { kind: 'cluster-refused', message: expect.stringContaining('not available') },
    });
  });
});

describe('what Alloy sends on', () => {
  const configMap = () =>
    server.object(`${core}/configmaps`, 'alloy-config') as TestObject & { data: Record<string, string> };

  /** The cluster's own controllers: a restarted Alloy gets ready, or does not. */
  function rollOut(becomesReady: boolean): void {
    let generation = 1;
    server.onChange = (path, { metadata }) => {
      if (path !== `${apps}/deployments` || metadata.name !== 'alloy') return;
      generation = Number(metadata.generation) || generation;
      putWorkload(server, 'deployment/alloy', generation, becomesReady);
      if (becomesReady) return;
      server.logs.set('alloy-0', ['Error: could not perform the initial load']);
      server.put(`${core}/pods`, {
        metadata: { name: 'alloy-0', labels: { app: 'alloy' } },
        spec: { containers: [{ name: 'alloy' }] },
        status: {
          phase: 'Running',
          containerStatuses: [
            { name: 'alloy', restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: {} },
          ],
        },
      });
    };
  }

  it('is a swapped ConfigMap, a secret beside it and a restart; the token is in the secret alone', async () => {
    await open(true);
    rollOut(true);
    backend.start();
    await expect.poll(state).toBe('ready');
    expect(await backend.forward(sumo)).toBeNull();
    expect(configMap()).toMatchObject({ metadata: { labels: { 'watchtower.dev/alloy-mode': 'dual-write' } } });
    expect(configMap().data['config.alloy']).toContain('https://in.sumologic.com/receiver/v1/otlp');
    expect(configMap().data['config.alloy']).not.toContain('CANARY');
    expect(server.object(`${core}/secrets`, 'watchtower-destinations')).toMatchObject({
      data: { cloud_sumo_0: Buffer.from('CANARY0815').toString('base64') },
    });
    expect(server.calls.join('\n')).not.toContain('CANARY');
    const changes = server.calls.length;
    expect(await backend.forward(sumo)).toBeNull();
    expect(server.calls.slice(changes).filter((call) => call.startsWith('PATCH'))).toEqual([]);
    expect(await backend.forward({ destinations: [], redaction: [] })).toBeNull();
    expect(configMap().data['config.alloy']).not.toContain('sumologic');
    expect(server.object(`${core}/secrets`, 'watchtower-destinations')).toBeUndefined();
  });

  it('goes back to what it was where Alloy does not start with it, with its last line', async () => {
    await open(true);
    const before = readFileSync(join(stackFolder, 'alloy/kubernetes/config-local-only.alloy'), 'utf8');
    server.put(`${core}/configmaps`, { metadata: { name: 'alloy-config' }, data: { 'config.alloy': before } });
    rollOut(false);
    backend.start();
    await expect.poll(state).toBe('ready');
    expect(await backend.forward(sumo)).toMatchObject({
      kind: 'alloy-unhealthy',
      message: expect.stringContaining('alloy-0'),
    });
    expect(configMap().data['config.alloy']).toBe(before);
    expect([...backend.deliveries().keys()]).toEqual([]);
  });

  it('is left alone where a person put it in place and this host sends nothing', async () => {
    await open(true);
    server.put(`${core}/configmaps`, { metadata: { name: 'alloy-config' }, data: { 'config.alloy': '// mine' } });
    backend.start();
    await expect.poll(state).toBe('ready');
    expect(await backend.forward({ destinations: [], redaction: [] })).toBeNull();
    expect(configMap().data['config.alloy']).toBe('// mine');
  });

  it('is refused by name where no pod reaches it', async () => {
    await open(true);
    const here = { id: 'local', endpoint: 'http://localhost:4318', headers: {} };
    expect(await backend.forward({ destinations: [here], redaction: [] })).toMatchObject({
      kind: 'endpoint-refused',
      message: expect.stringContaining('local is at localhost:4318'),
    });
  });
});

describe('the long way up', () => {
  it('fails at the step that cannot be done, and says why', async () => {
    await open(false);
    backend.start();
    await expect.poll(state).toBe('failed');
    expect(backend.services.status()).toMatchObject({
      problem: { kind: 'kubernetes-tools', message: expect.stringContaining('docker is not installed.') },
      steps: expect.arrayContaining([
        expect.objectContaining({ name: 'tools', state: 'failed' }),
        expect.objectContaining({ name: 'cluster', state: 'waiting' }),
      ]),
    });
  });

  it('can be ended while a tool runs, which ends with it, and begun again', async () => {
    await open(false);
    let ended = 0;
    run = (_, __, options) =>
      new Promise((resolve) =>
        options?.signal?.addEventListener('abort', () => {
          ended++;
          resolve({ code: 130, stdout: '', stderr: '' });
        }),
      );
    backend.start();
    await expect.poll(() => backend.services.status().steps[0]?.state).toBe('running');
    expect(backend.services.cancel()).toBeNull();
    expect(ended).toBe(4);
    expect(backend.services.status().state).toBe('stopped');
    expect(backend.services.status().steps[0]).toMatchObject({ state: 'skipped', detail: 'cancelled' });
    expect(await backend.services.up()).toBeNull();
    await expect.poll(() => backend.services.status().steps[0]?.state).toBe('running');
    backend.services.cancel();
  });
});

it('names the commands that are at hand, and none of a clone of the repository', async () => {
  await open(false);
  const answers: Record<string, string> = {
    'docker --version': 'Docker version 27.5.1',
    'kind version': 'kind v0.33.0',
    'kubectl version': '"gitVersion": "v1.37.0"',
    'helm version': 'v4.3.2',
    'kubectl config': kubeconfig({ [cluster.context]: ourServer }),
    'kind get': cluster.name,
    'docker inspect': node(ourPorts, false),
  };
  run = async (tool, args) => {
    const stdout = answers[`${tool} ${args[0]}`];
    return { code: stdout === undefined ? 1 : 0, stdout: stdout ?? '', stderr: '' };
  };
  backend.start();
  await expect.poll(state).toBe('failed');
  const { message, hint } = backend.services.status().problem!;
  expect(message).toBe('The container watchtower-control-plane could not be started.');
  expect(hint).toContain('Begin anew, without its data: `watchtower clean`, `watchtower up`');
});

describe('a context that the user named', () => {
  it('is looked at and nothing else: not deployed to, not stopped, not deleted', async () => {
    await open(false, 'of-the-user');
    backend.start();
    await expect.poll(() => backend.describe().problems).toMatchObject([{ kind: 'stack-not-deployed' }]);
    expect(state()).toBe('stopped');
    expect(backend.describe().keptAt).toEqual({ here: false, where: 'in the cluster of-the-user' });
    expect(await backend.services.down()).toMatchObject({ kind: 'cluster-foreign' });
    expect(await backend.services.clean()).toMatchObject({ problem: { kind: 'cluster-foreign' } });
    expect(await backend.stop()).toBeNull();
    expect(ran).toEqual([]);
    expect(server.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  it('is deployed to when that is asked for, by its name in each command', async () => {
    await open(false, 'of-the-user');
    run = async (tool, args) => {
      ran.push([tool, ...args].join(' '));
      const version = { kubectl: '"gitVersion": "v1.37.0"', helm: 'v4.3.2', docker: '', kind: '' }[tool];
      return { code: args[0] === 'version' ? 0 : 1, stdout: version, stderr: 'no' };
    };
    backend.services.wake();
    await backend.services.up();
    await backend.services.settled();
    const meant = ran.filter((line) => !/^(kubectl|helm) version/.test(line));
    expect(meant[0]).toBe('kubectl config view --output=json');
    expect(ran.some((line) => line.startsWith('docker') || line.startsWith('kind'))).toBe(false);
  });

  it('gives way to another one that is chosen', async () => {
    await open(true, 'of-the-user');
    backend.start();
    await expect.poll(state).toBe('ready');
    expect(await backend.clusters.use('of-nobody')).toBeNull();
    await expect
      .poll(() => backend.describe().problems)
      .toMatchObject([{ kind: 'cluster-absent', message: 'Your kubeconfig has no context of-nobody.' }]);
    expect(context).toBe('of-nobody');
  });

  it('gives way to ours by the name of its context', async () => {
    await open(true, 'of-the-user');
    expect(await backend.clusters.use('kind-watchtower')).toBeNull();
    expect(context).toBeUndefined();
  });
});
