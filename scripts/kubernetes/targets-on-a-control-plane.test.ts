import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { charts } from '../../src/core/backends/kubernetes/charts/charts';
import { made, node, ourPorts } from '../../src/core/backends/kubernetes/cluster/test-answers';
import { type TestTools, type TestToolsOptions, testTools } from '../../src/core/backends/kubernetes/tools/test-tools';
import { crashAnnotation } from './test-control-plane/kwok-config';
import { programPath, whyNoControlPlane } from './test-control-plane/programs';
import { followTarget, runTarget } from './test-control-plane/run-target';
import { type ControlPlane, startControlPlane } from './test-control-plane/start-control-plane';
import { chartFolder } from './test-control-plane/test-charts';

// Programs are started by the dozen: slow where the machine is busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const reason = whyNoControlPlane();
const endpoint = 'https://in.sumologic.com/receiver/v1/otlp/CANARY0815';
const workloads = charts.flatMap((chart) => chart.workloads);

interface Known {
  metadata: { name: string; uid: string; generation?: number; labels?: Record<string, string> };
}
interface Release {
  name: string;
  revision: string;
  status: string;
}

/** The targets run as `make` does; kubectl and Helm are real, and what kind and Docker would say is given. */
describe.skipIf(reason)(`on a real API server${reason ? ` (not run: ${reason})` : ''}`, () => {
  let plane: ControlPlane;
  let tools: TestTools;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const web = createServer((_, answer) => answer.end('the stand-in of Grafana'));

  beforeAll(async () => {
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    plane = await startControlPlane({ forwards: { 3000: port, 8080: port } });
    folder = mkdtempSync(join(tmpdir(), 'watchtower-targets-'));
    giveTools(made);
    env = {
      PATH: process.env.PATH,
      HOME: folder,
      KUBECONFIG: plane.kubeconfig,
      WATCHTOWER_CHARTS: chartFolder(join(folder, 'charts')),
      WATCHTOWER_TEST: '1',
    };
  });
  afterAll(async () => {
    tools?.close();
    await plane?.close();
    web.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Of kind and Docker; kubectl and Helm answer for themselves. */
  function giveTools(answers: NonNullable<TestToolsOptions['answers']>): void {
    tools?.close();
    tools = testTools({ answers, real: { kubectl: programPath('kubectl'), helm: programPath('helm') } });
    if (env) env.PATH = process.env.PATH;
  }
  const make = (target: string, more: NodeJS.ProcessEnv = {}) => runTarget(target, { ...env, ...more });
  const makeWell = async (target: string, more?: NodeJS.ProcessEnv) => {
    const { code, text } = await make(target, more);
    expect(code, text).toBe(0);
    return text;
  };
  const helm = (...args: string[]) =>
    tools.session.run('helm', [...args, '--kubeconfig', plane.kubeconfig, '--namespace', 'watchtower']);
  const releases = async (): Promise<Record<string, string>> => {
    const list = JSON.parse((await helm('list', '--output', 'json')).stdout) as Release[];
    return Object.fromEntries(list.map(({ name, revision, status }) => [name, `${status} ${revision}`]));
  };
  const list = async (kinds: string) => (await plane.read<{ items: Known[] }>(kinds)).items;
  const named = async (kind: string, ...names: string[]) =>
    Promise.all(names.map((name) => plane.read<Known>(kind, name)));
  const generations = async () =>
    (await list('deployments,statefulsets')).map(({ metadata }) => `${metadata.name} ${metadata.generation}`);
  const podOf = async (app: string) =>
    (await plane.read<{ items: Known[] }>('pods', '--selector', `app.kubernetes.io/name=${app}`)).items.map(
      ({ metadata }) => metadata.uid,
    );
  const alloyConfig = () =>
    plane.read<Known & { data: Record<string, string> }>('configmap', 'alloy-config').then(({ metadata, data }) => ({
      mode: metadata.labels?.['watchtower.dev/alloy-mode'],
      config: data['config.alloy']!,
    }));
  const annotate = (value: string | null) =>
    plane.kubectl(
      ...['patch', 'deployment', 'alloy', '--patch'],
      JSON.stringify({ spec: { template: { metadata: { annotations: { [crashAnnotation]: value } } } } }),
    );

  it('setup takes the cluster that is there, and makes its namespace', async () => {
    const text = await makeWell('setup');
    expect(text).toContain('The cluster watchtower is there');
    expect(text).toContain('Ready. Next: make deploy');
    const { metadata } = await plane.read<Known>('namespace', 'watchtower');
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'watchtower' });
    expect(tools.lines().filter((line) => line.startsWith('kind create'))).toEqual([]);
  });

  it('deploy brings all up and waits until every pod is ready', async () => {
    const text = await makeWell('deploy');
    expect(text).toContain('Deployed: tempo, loki, mimir, grafana, alloy');
    expect(text).toContain('local-only, because there is no secret sumo-credentials');
    expect(await releases()).toEqual(Object.fromEntries(charts.map(({ name }) => [name, 'deployed 1'])));
    const found = await plane.read<{ items: { kind: string; metadata: { name: string } }[] }>(
      'deployments,statefulsets',
    );
    expect(found.items.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`).sort()).toEqual(
      [...workloads].sort(),
    );
    expect((await alloyConfig()).mode).toBe('local-only');
    expect(await named('configmap', 'watchtower-dashboards', 'alloy-config')).toHaveLength(2);
  });

  it('deploy again leaves every release and every pod as it is, and says so', async () => {
    const before = [await generations(), (await list('pods')).map(({ metadata }) => metadata.uid)];
    const text = await makeWell('deploy');
    for (const { name } of charts) expect(text).toContain(`${name} is unchanged`);
    expect(await releases()).toEqual(Object.fromEntries(charts.map(({ name }) => [name, 'deployed 1'])));
    expect([await generations(), (await list('pods')).map(({ metadata }) => metadata.uid)]).toEqual(before);
  });

  it('deploy puts back what was taken away or altered in the cluster', async () => {
    await plane.kubectl('delete', 'service', 'loki');
    await plane.kubectl('scale', 'deployment', 'grafana', '--replicas=0');
    const text = await makeWell('deploy');
    expect(text).toContain('tempo is unchanged');
    expect(await releases()).toMatchObject({ tempo: 'deployed 1', loki: 'deployed 2', grafana: 'deployed 2' });
    expect(await named('service', 'loki')).toHaveLength(1);
    expect(await named('deployment', 'grafana')).toMatchObject([{ spec: { replicas: 1 } }]);
  });

  it.each(charts.map(({ name }) => name))('deploy-%s deploys that one alone', async (name) => {
    await helm('uninstall', name, '--wait');
    const { [name]: gone, ...others } = await releases();
    expect(gone).toBeUndefined();
    expect(await makeWell(`deploy-${name}`)).toContain(`Deployed: ${name}\n`);
    expect(await releases()).toEqual({ ...others, [name]: 'deployed 1' });
  });

  describe('a Helm that was killed', () => {
    /** Ends it, as a power cut does, once the release is recorded; it waits for a pod that never gets ready. */
    async function cutOff(name: string): Promise<void> {
      const { chart } = charts.find((each) => each.name === name)!;
      const args = ['upgrade', '--install', name, join(env.WATCHTOWER_CHARTS!, chart), '--wait', '--timeout', '5m'];
      const values = join(import.meta.dirname, '../../resources/stack/helm/values', `${name}.yaml`);
      const target = ['--values', values, '--namespace', 'watchtower', '--kubeconfig', plane.kubeconfig];
      const child = spawn(programPath('helm'), [...args, ...target], { env, stdio: 'ignore' });
      const pending = async () => (await helm('list', '--pending', '--short')).stdout.trim();
      await expect.poll(pending, { timeout: 60_000 }).toBe(name);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      expect(await pending()).toBe(name);
    }
    /** Nothing gets ready meanwhile. */
    const cordoned = async (act: () => Promise<void>) => {
      await plane.kubectl('cordon', 'watchtower-control-plane');
      await act();
      await plane.kubectl('uncordon', 'watchtower-control-plane');
    };

    it('while it made the first revision: what was begun is removed, and deployed anew', async () => {
      await helm('uninstall', 'tempo', '--wait');
      await cordoned(() => cutOff('tempo'));
      const text = await makeWell('deploy-tempo');
      expect(text).toContain('tempo is pending-install: another Helm works on it, or one was cut off');
      expect(text).toContain('removing what was begun of tempo');
      expect((await releases()).tempo).toBe('deployed 1');
    });

    it('while it made a later one: the one before counts again, and is deployed over', async () => {
      await cordoned(async () => {
        await plane.kubectl('delete', 'pods', '--selector', 'app.kubernetes.io/name=grafana', '--wait=false');
        await cutOff('grafana');
      });
      const text = await makeWell('deploy-grafana');
      expect(text).toContain('grafana is pending-upgrade');
      expect(text).toContain('going back to the revision of grafana before');
      expect((await releases()).grafana).toMatch(/^deployed/);
    });
  });

  it('status shows pods and services, and fails where a pod crashes, with what to do', async () => {
    const text = await makeWell('status');
    expect(text).toMatch(/pod\/tempo-0 +1\/1 +Running/);
    expect(text).toMatch(/Grafana +localhost:13000/);
    await annotate('OOMKilled');
    await expect.poll(async () => (await make('status')).text, { timeout: 60_000 }).toContain('A pod is in trouble.');
    const { code, text: said } = await make('status');
    expect(code).not.toBe(0);
    expect(said).toMatch(/alloy-\S+ ends as soon as it starts \(4 times, OOMKilled\)/);
    expect(said).toContain('raise resources.limits.memory');
    await annotate(null);
    await plane.kubectl('rollout', 'status', 'deployment/alloy', '--timeout=60s');
  });

  it('logs follows what a service writes', async () => {
    plane.log('a line of before');
    const line = await followTarget('logs SERVICE=loki', env, (text) => {
      if (text.includes('a line of before')) plane.log('a line of now');
      return text.includes('a line of now') ? text : null;
    });
    expect(line).toContain('a line of now');
    const { code, text } = await make('logs SERVICE=prometheus');
    expect(code).not.toBe(0);
    expect(text).toContain('There is no service prometheus.');
  });

  it('sumo-set writes the secret and the ConfigMap, and Alloy is replaced; sumo-show hides the token unless asked', async () => {
    const before = await podOf('alloy');
    const text = await makeWell('sumo-set', { SUMO_ENDPOINT: endpoint });
    expect(text).not.toContain('CANARY');
    expect((await alloyConfig()).mode).toBe('dual-write');
    expect((await alloyConfig()).config).not.toContain('CANARY');
    const secret = await plane.read<{ data: { endpoint: string } }>('secret', 'sumo-credentials');
    expect(Buffer.from(secret.data.endpoint, 'base64').toString()).toBe(endpoint);
    await expect.poll(() => podOf('alloy')).not.toContain(before[0]);
    expect(await makeWell('sumo-show')).toContain('…0815');
    expect(await makeWell('sumo-show', { SHOW: '1' })).toContain(endpoint);
  });

  it('enable-local-only and disable-local-only swap the ConfigMap, and Alloy is replaced each time', async () => {
    for (const [target, mode] of [
      ['enable-local-only', 'local-only'],
      ['disable-local-only', 'dual-write'],
    ] as const) {
      const before = await podOf('alloy');
      await makeWell(target);
      expect((await alloyConfig()).mode).toBe(mode);
      expect((await alloyConfig()).config.includes('cloud_sumo')).toBe(mode === 'dual-write');
      await expect.poll(() => podOf('alloy')).not.toContain(before[0]);
    }
  });

  it('sumo-remove takes the secret away and Alloy back to the cluster alone', async () => {
    await makeWell('sumo-remove');
    expect(await plane.kubectl('get', 'secret', 'sumo-credentials', '--ignore-not-found')).toBe('');
    expect((await alloyConfig()).mode).toBe('local-only');
    const { code, text } = await make('disable-local-only');
    expect(code).not.toBe(0);
    expect(text).toContain('There is no secret sumo-credentials');
  });

  it('port-forward leads to a pod', async () => {
    const answer = await followTarget('port-forward', env, async (line) => {
      const [, port] = /^Grafana +127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (!port) return null;
      const ask = () =>
        fetch(`http://127.0.0.1:${port}/`)
          .then((each) => each.text())
          .catch(() => '');
      await expect.poll(ask, { timeout: 60_000 }).not.toBe('');
      return ask();
    });
    expect(answer).toBe('the stand-in of Grafana');
  });

  describe('what is not ours', () => {
    const state = async () =>
      (await list('deployments,statefulsets,services,configmaps,secrets,pods')).map(
        ({ metadata }) => `${metadata.name} ${(metadata as { resourceVersion?: string }).resourceVersion}`,
      );

    it('a cluster whose node does not bear our label: no target touches it', async () => {
      const before = await state();
      await plane.kubectl('label', 'node', 'watchtower-control-plane', 'watchtower.dev/cluster-');
      for (const target of [
        ...['setup', 'deploy', 'deploy-tempo', 'status', 'logs', 'port-forward'],
        ...['enable-local-only', 'disable-local-only', 'sumo-set', 'sumo-show', 'sumo-remove'],
      ]) {
        const { code, text } = await make(target, { SUMO_ENDPOINT: endpoint });
        expect(code, target).not.toBe(0);
        expect(text, target).toContain("is not one of Watchtower's");
      }
      expect(await state()).toEqual(before);
      await plane.kubectl('label', 'node', 'watchtower-control-plane', 'watchtower.dev/cluster=watchtower');
    });

    it('teardown deletes no cluster of our name that somebody else made, and ours not unasked', async () => {
      giveTools({ ...made, 'docker inspect *': { stdout: node({ 80: 80 }) } });
      const foreign = await make('teardown', { YES: '1' });
      expect(foreign.code).not.toBe(0);
      expect(foreign.text).toContain("The kind cluster watchtower is not one of Watchtower's");
      giveTools({ ...made, 'docker inspect *': { stdout: node(ourPorts) } });
      const unasked = await make('teardown');
      expect(unasked.code).not.toBe(0);
      expect(unasked.text).toContain('Say so with: make teardown YES=1');
      expect(tools.lines().filter((line) => line.startsWith('kind delete'))).toEqual([]);
      await makeWell('teardown', { YES: '1' });
      expect(tools.lines()).toContain('kind delete cluster --name watchtower');
    });
  });

  it('a server that is gone is said within seconds, and what is deployed is there when it is back', async () => {
    const before = await generations();
    await plane.loseServer();
    const { code, text } = await make('status');
    expect(code).not.toBe(0);
    expect(text).toContain('The API server of the cluster watchtower does not answer within 5 s.');
    await plane.bringServerBack();
    await makeWell('status');
    expect(await generations()).toEqual(before);
  });
});
