import { homedir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterApi } from '../api/cluster-api';
import { TestApiServer, type TestObject } from '../api/test-api-server';
import { lookForCluster } from '../connection/look-for-cluster';
import type { WorkloadStatus } from './describe-workload';
import { NamespaceWatch } from './namespace-watch';

const core = '/api/v1/namespaces/watchtower';
const apps = '/apis/apps/v1/namespaces/watchtower';
const labels = { app: 'alloy' };
const image = 'docker.io/grafana/alloy:v1.18.1';

let server: TestApiServer;
let api: ClusterApi;
let watch: NamespaceWatch;

beforeEach(async () => {
  server = new TestApiServer();
  await server.open();
  const found = await lookForCluster({
    context: 'of-the-test',
    owned: false,
    environment: { ...server.environment('of-the-test'), home: homedir() },
  });
  if (!('api' in found)) throw new Error(found.problem.message);
  api = found.api;
  watch = new NamespaceWatch({
    api,
    namespace: 'watchtower',
    expected: ['tempo', 'alloy'],
    addressOf: (service, port) => (service === 'alloy' && port === 4317 ? { address: '127.0.0.1:14317' } : null),
    maskSecrets: (text) => text.replaceAll('CANARY', '…'),
    onChange: () => {},
    log: { info() {}, warn() {}, error() {} },
    pauseMs: 5,
  });
  watch.start();
});

afterEach(async () => {
  watch.close();
  await server.close();
});

function deploy(status: object, generation = 1): void {
  server.put(`${apps}/deployments`, {
    metadata: { name: 'alloy', generation },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { spec: { containers: [{ name: 'alloy', image, resources: { limits: { memory: '768Mi' } } }] } },
    },
    status,
  });
}

function pod(name: string, status: object, metadata: object = {}): TestObject {
  const containers = [{ name: 'alloy', image, ports: [{ name: 'otlp-grpc', containerPort: 4317 }] }];
  return { metadata: { name, labels, ...metadata }, spec: { containers }, status };
}

const ready = { type: 'Ready', status: 'True' };
const running = {
  phase: 'Running',
  startTime: '2026-11-30T05:00:00Z',
  conditions: [ready],
  containerStatuses: [{ name: 'alloy', restartCount: 0, ready: true, state: { running: {} } }],
};

const alloy = (): WorkloadStatus => watch.status().find(({ name }) => name === 'alloy')!;

describe('a workload', () => {
  it('is missing where it belongs to the stack and nobody deployed it', async () => {
    await expect.poll(() => watch.known).toBe(true);
    expect(watch.status().map(({ name, state }) => [name, state])).toEqual([
      ['tempo', 'missing'],
      ['alloy', 'missing'],
    ]);
  });

  it('is ready with its pods, with image, limit and the ports by which it is reached', async () => {
    deploy({ observedGeneration: 1, readyReplicas: 1, updatedReplicas: 1 });
    server.put(`${core}/pods`, pod('alloy-1', running));
    server.put(`${core}/services`, {
      metadata: { name: 'alloy' },
      spec: { selector: labels, ports: [{ name: 'otlp-grpc', port: 4317, targetPort: 'otlp-grpc' }, { port: 12345 }] },
    });
    await expect.poll(() => alloy().ports.length).toBe(1);
    await expect.poll(alloy).toMatchObject({
      title: 'Alloy',
      state: 'ready',
      image,
      startedAt: Date.UTC(2026, 10, 30, 5),
      crashes: 0,
      outOfMemory: false,
      memoryLimitBytes: 768 * 1024 ** 2,
      replicas: { ready: 1, wanted: 1 },
      ports: [{ name: 'otlp-grpc', address: '127.0.0.1:14317' }],
    });
    expect(watch.target('alloy', 4317)).toEqual({ pod: 'alloy-1', port: 4317 });
  });

  it('starts while a rollout replaces its pod, and leads to the one that is ready', async () => {
    deploy({ observedGeneration: 2, readyReplicas: 1, updatedReplicas: 0 }, 2);
    server.put(`${core}/pods`, pod('alloy-old', running));
    server.put(`${core}/pods`, pod('alloy-new', { phase: 'Pending' }));
    server.put(`${core}/services`, {
      metadata: { name: 'alloy' },
      spec: { selector: labels, ports: [{ port: 4317 }] },
    });
    await expect.poll(() => alloy().state).toBe('starting');
    await expect.poll(() => watch.target('alloy', 4317)).toEqual({ pod: 'alloy-old', port: 4317 });
    // The new pod is there, and only the old one answers: as a Deployment counts them.
    deploy({ observedGeneration: 2, replicas: 2, readyReplicas: 1, updatedReplicas: 1 }, 2);
    // Told by the same list after it: what stood before was seen.
    server.put(`${apps}/deployments`, {
      metadata: { name: 'other' },
      spec: { selector: {}, template: { spec: { containers: [] } } },
    });
    await expect.poll(() => watch.kindOf('other')).toBe('deployment');
    expect(alloy().state).toBe('starting');
    expect(watch.rollout('alloy', 2)).toBe('waiting');
    server.put(`${core}/pods`, pod('alloy-new', running));
    server.remove(`${core}/pods`, 'alloy-old');
    deploy({ observedGeneration: 2, replicas: 1, readyReplicas: 1, updatedReplicas: 1 }, 2);
    await expect.poll(() => alloy().state).toBe('ready');
    expect(alloy().instance).toBe('alloy-new');
    await expect.poll(() => watch.target('alloy', 4317)).toEqual({ pod: 'alloy-new', port: 4317 });
  });

  it('waits for memory, and says so', async () => {
    deploy({ observedGeneration: 1 });
    const message = '0/1 nodes are available: 1 Insufficient memory.';
    const unscheduled = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
    server.put(`${core}/pods`, pod('alloy-1', { phase: 'Pending', conditions: [unscheduled] }));
    await expect.poll(alloy).toMatchObject({
      state: 'created',
      problem: {
        kind: 'pod-pending',
        message: expect.stringContaining('Insufficient memory'),
        hint: expect.stringContaining('give Docker more'),
      },
    });
  });

  it('ends again and again: with restarts, exit code, its last line and no secret in it', async () => {
    deploy({ observedGeneration: 1 });
    server.logs.set('alloy-1', ['level=info msg=starting', 'level=error msg="refused https://x/CANARY"']);
    const end = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const waiting = { waiting: { reason: 'CrashLoopBackOff' } };
    server.put(
      `${core}/pods`,
      pod('alloy-1', {
        phase: 'Running',
        containerStatuses: [{ name: 'alloy', restartCount: 4, state: waiting, lastState: end }],
      }),
    );
    await expect.poll(() => alloy().problem?.details).toBeDefined();
    expect(alloy()).toMatchObject({ state: 'restarting', crashes: 4, exitCode: 137, outOfMemory: true });
    expect(alloy().problem).toMatchObject({
      kind: 'pod-crashing',
      message: expect.stringContaining('its last line: level=error msg="refused https://x/…"'),
      details: 'level=info msg=starting\nlevel=error msg="refused https://x/…"',
    });
    const reads = () => server.calls.filter((call) => call.includes('/log?')).length;
    const before = reads();
    deploy({ observedGeneration: 1, readyReplicas: 0 }, 1);
    server.put(`${core}/pods`, pod('other', running, { labels: { app: 'other' } }));
    await expect.poll(() => alloy().problem?.details).toBeDefined();
    expect(reads()).toBe(before);
  });

  it('tells what happened to it and to its pods, newest first', async () => {
    deploy({ observedGeneration: 1 });
    server.put(`${core}/pods`, pod('alloy-7c9-x', { phase: 'Pending' }));
    const event = (name: string, kind: string, involved: string, second: number, reason: string) =>
      server.put(`${core}/events`, {
        metadata: { name },
        type: 'Warning',
        reason,
        message: 'why',
        lastTimestamp: `2026-11-30T05:00:0${second}Z`,
        involvedObject: { kind, name: involved },
      });
    event('a', 'Deployment', 'alloy', 1, 'ScalingReplicaSet');
    event('b', 'ReplicaSet', 'alloy-7c9', 2, 'SuccessfulCreate');
    event('c', 'Pod', 'alloy-7c9-x', 3, 'BackOff');
    event('d', 'Pod', 'loki-0', 4, 'Killing');
    await expect
      .poll(() => alloy().events.map(({ reason }) => reason))
      .toEqual(['BackOff', 'SuccessfulCreate', 'ScalingReplicaSet']);
    expect(alloy().events[0]).toEqual({
      at: Date.UTC(2026, 10, 30, 5, 0, 3),
      type: 'warning',
      reason: 'BackOff',
      message: 'why',
    });
  });
});

it('is what the cluster says again after its server was away', async () => {
  deploy({ observedGeneration: 1, readyReplicas: 1, updatedReplicas: 1 });
  await expect.poll(() => alloy().state).toBe('ready');
  await server.lose();
  server.remove(`${apps}/deployments`, 'alloy');
  await server.open();
  await expect.poll(() => alloy().state).toBe('missing');
});
