import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { charts } from '../charts/charts';
import { made, reachable } from '../cluster/test-answers';
import { paths } from '../cluster/test-paths';
import { type TestTools, type TestToolsOptions, testTools } from '../tools/test-tools';
import { deploy } from './deploy';

// Each step starts a program, some dozens a test: slow where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

let tools: TestTools | undefined;

afterEach(() => tools?.close());

function run(options: TestToolsOptions, names?: readonly string[]) {
  tools = testTools(options);
  return deploy(tools.session, names);
}

const target = '--kube-context kind-watchtower --namespace watchtower';
const values = (name: string) => join(paths.helm, 'values', `${name}.yaml`);
const upgrades = () => tools!.lines().filter((line) => line.startsWith('helm upgrade'));
const applied = () =>
  tools!
    .calls()
    .filter(({ args }) => args.includes('apply'))
    .flatMap(
      ({ input }) =>
        JSON.parse(input).items as {
          metadata: { name: string; labels: Record<string, string> };
          data: Record<string, string>;
        }[],
    );

function workloads(notReady: readonly string[] = []) {
  return JSON.stringify({
    items: charts
      .flatMap(({ workloads: all }) => all)
      .map((each) => {
        const [kind, name] = each.split('/');
        return {
          kind: kind === 'deployment' ? 'Deployment' : 'StatefulSet',
          metadata: { name, generation: 1 },
          spec: { replicas: 1 },
          status: { observedGeneration: 1, updatedReplicas: 1, readyReplicas: notReady.includes(each) ? 0 : 1 },
        };
      }),
  });
}

const releases = (list: object[]) => ({ 'helm list *': { stdout: JSON.stringify(list) } });
const kubectl = 'kubectl --context kind-watchtower --namespace watchtower';
const ready = {
  ...made,
  ...releases([]),
  [`${kubectl} get deployments,statefulsets *`]: { stdout: workloads() },
  [`${kubectl} get pods *`]: { stdout: '{"items": []}' },
};

function pod(status: object) {
  return { stdout: JSON.stringify({ items: [{ metadata: { name: 'loki-0' }, status }] }) };
}

describe('make deploy', () => {
  it('deploys each chart in its pinned version with our values, in the namespace of our context', async () => {
    expect(await run({ answers: ready })).toBeNull();
    expect(upgrades()).toEqual(
      [
        ['tempo', 'watchtower-grafana-community/tempo', '2.2.4'],
        ['loki', 'watchtower-grafana-community/loki', '18.11.0'],
        ['mimir', 'watchtower-grafana/mimir-distributed', '5.8.0'],
        ['grafana', 'watchtower-grafana-community/grafana', '12.11.1'],
        ['alloy', 'watchtower-grafana/alloy', '1.11.1'],
      ].map(
        ([name, chart, version]) =>
          `helm upgrade --install ${name} ${chart} --version ${version} --values ${values(name!)} ${target} --history-max 5`,
      ),
    );
    expect(applied().map(({ metadata }) => metadata.name)).toEqual([
      'watchtower',
      'watchtower-dashboards',
      'alloy-config',
    ]);
    expect(tools!.said.at(-3)).toMatch(/Grafana +localhost:13000/);
  });

  it('deploys one alone when it is named', async () => {
    expect(await run({ answers: ready }, ['tempo'])).toBeNull();
    expect(upgrades()).toHaveLength(1);
    expect(applied().map(({ metadata }) => metadata.name)).toEqual(['watchtower']);
  });

  it('takes the charts of a folder where one is given, and asks no repository', async () => {
    expect(await run({ answers: ready, env: { WATCHTOWER_CHARTS: '/charts' } }, ['mimir'])).toBeNull();
    expect(upgrades()).toEqual([
      `helm upgrade --install mimir ${join('/charts', 'mimir-distributed')} --values ${values('mimir')} ${target} --history-max 5`,
    ]);
    expect(tools!.lines().some((line) => line.startsWith('helm repo'))).toBe(false);
  });

  it('tries a chart that cannot be fetched again, by itself, and deploys the others', async () => {
    const offline = { stderr: 'Error: Get "https://grafana.github.io/x.tgz": dial tcp: lookup: no such host', code: 1 };
    const failure = await run({ answers: { ...ready, 'helm upgrade --install loki *': offline } });
    expect(failure).toMatchObject({
      message: 'Helm could not deploy loki.',
      hint: expect.stringContaining('make deploy-loki'),
    });
    const names = upgrades().map((line) => line.split(' ')[3]);
    expect(names).toEqual(['tempo', 'loki', 'loki', 'loki', 'mimir', 'grafana', 'alloy']);
  });

  it('does not repeat what Helm refuses', async () => {
    const cut = {
      stderr: 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
      code: 1,
    };
    const failure = await run({ answers: { ...ready, 'helm upgrade --install tempo *': cut } }, ['tempo']);
    expect(failure?.hint).toContain(`helm rollback tempo ${target}`);
    expect(upgrades()).toHaveLength(1);
  });

  it("leaves somebody else's releases alone, and refuses to replace one of our name", async () => {
    const foreign = releases([
      { name: 'shop', chart: 'shop-1.0.0', status: 'deployed' },
      { name: 'grafana', chart: 'kube-prometheus-stack-70.0.0', status: 'deployed' },
    ]);
    const failure = await run({ answers: { ...ready, ...foreign } });
    expect(failure?.message).toMatch(
      /^The release grafana .* is of the chart kube-prometheus-stack-70\.0\.0, not of grafana/,
    );
    expect(upgrades().map((line) => line.split(' ')[3])).toEqual(['tempo', 'loki', 'mimir', 'alloy']);
    expect(tools!.said).toContain('The namespace watchtower also holds shop (shop-1.0.0): left alone');
    expect(tools!.lines().some((line) => /^helm (uninstall|rollback)|^(kubectl|kind) .*delete/.test(line))).toBe(false);
  });

  it('makes nothing where the cluster is not there, and says what to do', async () => {
    const failure = await run({ answers: { ...ready, 'kubectl config view *': { stdout: '{"contexts": null}' } } });
    expect(failure).toMatchObject({ hint: 'Run: make setup' });
    expect(upgrades()).toEqual([]);
  });

  it('tells a pod that waits for memory', async () => {
    const message =
      '0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available: 1 No preemption victims found.';
    const failure = await run({
      answers: {
        ...ready,
        [`${kubectl} get deployments,statefulsets *`]: { stdout: workloads(['statefulset/loki']) },
        [`${kubectl} get pods *`]: pod({
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
        }),
      },
    });
    expect(failure?.message).toBe('Not ready: statefulset/loki.');
    expect(failure?.details).toContain('loki-0 is Pending: 0/1 nodes are available: 1 Insufficient memory\n');
    expect(failure?.details).toContain('give Docker more (8 GB)');
  });

  it('tells a pod that ends as soon as it starts, with its last lines', async () => {
    const failure = await run({
      answers: {
        ...ready,
        [`${kubectl} get deployments,statefulsets *`]: { stdout: workloads(['statefulset/loki']) },
        [`${kubectl} get pods *`]: pod({
          phase: 'Running',
          containerStatuses: [
            {
              name: 'loki',
              restartCount: 4,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { reason: 'Error', exitCode: 1 } },
            },
          ],
        }),
        [`${kubectl} logs loki-0 --container loki --previous --tail=5`]: { stdout: 'field foo not found in type\n' },
      },
    });
    expect(failure?.details).toContain(
      'loki-0 ends as soon as it starts (4 times, Error)\n    field foo not found in type',
    );
  });

  it('says when the cluster is lost while it waits', async () => {
    const failure = await run({
      answers: { ...ready, [`${kubectl} get deployments,statefulsets *`]: { stderr: 'refused', code: 1 } },
    });
    expect(failure?.message).toMatch(/^The cluster stopped answering/);
  });
});

describe("Alloy's configuration at a deployment", () => {
  const secret = (endpoint: string) => ({
    [`${kubectl} get secret sumo-credentials *`]: {
      stdout: JSON.stringify({ data: { endpoint: Buffer.from(endpoint).toString('base64') } }),
    },
  });
  const mode = () => applied().find(({ metadata }) => metadata.name === 'alloy-config')!;

  it('is local-only without the secret, and says so', async () => {
    expect(await run({ answers: ready }, ['alloy'])).toBeNull();
    expect(mode().metadata.labels['watchtower.dev/alloy-mode']).toBe('local-only');
    expect(mode().data['config.alloy']).not.toContain('cloud_sumo');
    expect(tools!.said.join('\n')).toContain('local-only, because there is no secret sumo-credentials');
  });

  it('is dual-write with it; the token is never said, nor is it in the ConfigMap', async () => {
    const answers = { ...ready, ...secret('https://in.sumologic.com/receiver/v1/otlp/CANARY0815') };
    expect(await run({ answers }, ['alloy'])).toBeNull();
    expect(mode().data['config.alloy']).toContain('otelcol.exporter.otlphttp "cloud_sumo"');
    expect(JSON.stringify([mode(), tools!.said, tools!.lines()])).not.toContain('CANARY');
  });

  it.each([
    ['an address that is none', 'sumo'],
    ['one without its token', 'https://in.sumologic.com/receiver/v1/otlp'],
    ['one of another kind of source', 'https://in.sumologic.com/receiver/v1/http/CANARY'],
    ['one in the clear', 'http://in.sumologic.com/receiver/v1/otlp/CANARY'],
    ['one with a line break at its end', 'https://in.sumologic.com/receiver/v1/otlp/CANARY\n'],
  ])('is local-only with %s in the secret, and says what is wrong', async (_, endpoint) => {
    expect(await run({ answers: { ...ready, ...secret(endpoint) } }, ['alloy'])).toBeNull();
    expect(mode().metadata.labels['watchtower.dev/alloy-mode']).toBe('local-only');
    expect(tools!.said.join('\n')).toMatch(/local-only\. The|local-only\. This/);
    expect(tools!.said.join('\n')).not.toContain('CANARY');
  });

  it('stays local-only where a person chose it', async () => {
    const chosen = {
      metadata: {
        labels: { 'watchtower.dev/alloy-mode': 'local-only' },
        annotations: { 'watchtower.dev/local-only-chosen': 'true' },
      },
      data: {},
    };
    const answers = {
      ...ready,
      ...secret('https://in.sumologic.com/receiver/v1/otlp/CANARY'),
      [`${kubectl} get configmap alloy-config *`]: { stdout: JSON.stringify(chosen) },
    };
    expect(await run({ answers }, ['alloy'])).toBeNull();
    expect(mode().metadata.labels['watchtower.dev/alloy-mode']).toBe('local-only');
  });

  it('stays as a host wrote it that sends to its destinations, and says so', async () => {
    const written = {
      metadata: {
        labels: { 'watchtower.dev/alloy-mode': 'dual-write' },
        annotations: { 'watchtower.dev/written-by-host': 'true' },
      },
      data: { 'config.alloy': '// of the host' },
    };
    const answers = {
      ...ready,
      ...releases([{ name: 'alloy', chart: 'alloy-1.11.1', status: 'deployed' }]),
      [`${kubectl} get configmap alloy-config *`]: { stdout: JSON.stringify(written) },
    };
    expect(await run({ answers }, ['alloy'])).toBeNull();
    expect(mode()).toBeUndefined();
    expect(tools!.lines().some((line) => line.includes('rollout restart'))).toBe(false);
    expect(tools!.said.join('\n')).toContain('sends to the destinations of a Watchtower');
  });

  it('restarts an Alloy that ran with another one: nothing rolls by itself', async () => {
    const answers = { ...ready, ...releases([{ name: 'alloy', chart: 'alloy-1.11.1', status: 'deployed' }]) };
    expect(await run({ answers }, ['alloy'])).toBeNull();
    expect(tools!.lines()).toContain(`${kubectl} rollout restart deployment/alloy`);
    tools!.close();
    expect(await run({ answers: ready }, ['alloy'])).toBeNull();
    expect(tools!.lines().some((line) => line.includes('rollout restart'))).toBe(false);
  });
});

it('drives nothing but its own context', async () => {
  await run({ answers: { ...ready, ...reachable } });
  for (const { tool, args } of tools!.calls()) {
    if (tool === 'kubectl' && args[0] !== 'version' && args[0] !== 'config')
      expect(args.slice(0, 2)).toEqual(['--context', 'kind-watchtower']);
    if (tool === 'helm' && ['upgrade', 'list'].includes(args[0]!)) expect(args.join(' ')).toContain(target);
  }
});
