import { afterEach, describe, expect, it, vi } from 'vitest';
import { absent, engine, kubeconfig, made, node, ourPorts, ourServer, reachable } from '../cluster/test-answers';
import { paths } from '../cluster/test-paths';
import { type TestTools, type TestToolsOptions, testTools } from '../tools/test-tools';
import { setup } from './setup';

// Each step starts a program, some dozens a test: slow where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

let tools: TestTools | undefined;

afterEach(() => tools?.close());

function run(options: TestToolsOptions) {
  tools = testTools(options);
  return setup(tools.session);
}

const changes = () =>
  tools!
    .lines()
    .filter((line) =>
      /kind (create|delete)|docker (start|rm)|use-context|export kubeconfig| apply |repo add/.test(line),
    );

const create = `kind create cluster --name watchtower --config ${paths.clusterConfig} --wait 5m`;
const apply =
  'kubectl --context kind-watchtower --namespace watchtower apply --server-side --force-conflicts --field-manager=watchtower --filename=-';
const repositories = [
  'helm repo add watchtower-grafana https://grafana.github.io/helm-charts --force-update',
  'helm repo add watchtower-grafana-community https://grafana-community.github.io/helm-charts --force-update',
];

describe('make setup', () => {
  it('makes cluster, namespace and repositories, and leaves the user in the context of before', async () => {
    expect(await run({ answers: absent })).toBeNull();
    expect(changes()).toEqual([create, 'kubectl config use-context production', apply, ...repositories]);
    const namespace = JSON.parse(tools!.calls().find(({ args }) => args.includes('apply'))!.input);
    expect(namespace.items).toMatchObject([{ kind: 'Namespace', metadata: { name: 'watchtower' } }]);
  });

  it('changes nothing the second time but says the namespace again', async () => {
    expect(await run({ answers: made })).toBeNull();
    expect(changes()).toEqual([apply]);
  });

  it('tells every tool that is missing or too old, and how to get it on each system', async () => {
    const failure = await run({
      without: ['kind'],
      answers: {
        'helm version --short': { stdout: 'v3.9.0+g7ceeda6\n' },
        'kubectl version --client *': { stdout: '{"clientVersion": {"gitVersion": "v1.20.2"}}' },
      },
      platform: 'darwin',
    });
    expect(failure?.message).toBe(
      'kind is not installed. kubectl 1.20.2 is too old: 1.33 or newer is needed, because the cluster runs Kubernetes 1.37. helm 3.9.0 is too old: 3.14 or newer is needed, because the charts use what came with it.',
    );
    expect(failure?.hint).toMatch(
      /^Install it\. macOS: brew install kind; Linux: .+; Windows: winget install Kubernetes\.kind\./,
    );
    expect(tools!.lines().some((line) => line.startsWith('kind'))).toBe(false);
  });

  it('says that the engine does not answer, whatever docker prints without one', async () => {
    const offline = { stdout: '{"MemTotal":0,"ServerErrors":["Cannot connect"]}', stderr: 'Cannot connect', code: 1 };
    const failure = await run({ answers: { ...absent, 'docker info *': offline } });
    expect(failure?.message).toBe('The container engine does not answer.');
    expect(changes()).not.toContain(create);
  });

  it.each([
    ['memory', { answers: { ...absent, ...engine(4) } }, /has 4\.0 GiB of memory/],
    ['disk', { answers: absent, freeGib: 5 }, /has 5\.0 GiB free/],
  ])('asks before it makes anything where there is little %s', async (_, options, doubt) => {
    const failure = await run(options);
    expect(failure?.message).toMatch(doubt);
    expect(tools!.asked).toEqual(['Make the cluster all the same?']);
    expect(changes()).not.toContain(create);
    tools!.close();
    expect(await run({ ...options, confirms: true })).toBeNull();
    expect(changes()).toContain(create);
  });

  it('names the ports that are taken, and the container or process that holds them', async () => {
    const failure = await run({
      answers: { ...absent, 'docker ps *': { stdout: 'shop-grafana\t127.0.0.1:13000->3000/tcp\n' } },
      heldPorts: [13000, 14317],
    });
    expect(failure?.message).toBe(
      'Port 13000 (Grafana) is in use by the container shop-grafana. Port 14317 (OTLP gRPC) is in use by node (pid 42).',
    );
    expect(changes()).not.toContain(create);
  });

  it('leaves a cluster of that name alone that is not ours', async () => {
    const failure = await run({ answers: { ...made, 'docker inspect *': { stdout: node({ 80: 80 }) } } });
    expect(failure?.message).toMatch(/^The kind cluster watchtower is not one of Watchtower's/);
    expect(changes()).toEqual([]);
  });

  it('leaves a context of that name alone that leads to another machine', async () => {
    const config = kubeconfig({ 'kind-watchtower': 'https://k8s.example:6443' });
    const failure = await run({ answers: { ...absent, 'kubectl config view *': { stdout: config } } });
    expect(failure?.message).toMatch(/leads to https:\/\/k8s\.example:6443/);
    expect(changes()).toEqual([]);
  });

  it('leaves a cluster behind that context alone whose nodes are not ours', async () => {
    const nodes = 'kubectl --context kind-watchtower --request-timeout=5s get nodes *';
    const failure = await run({ answers: { ...made, [nodes]: { stdout: '' } } });
    expect(failure?.message).toMatch(/no node has the label/);
    expect(changes()).toEqual([]);
  });

  it('starts a cluster that was stopped, and waits for its API server', async () => {
    const nodes = 'kubectl --context kind-watchtower --request-timeout=5s get nodes *';
    const refused = { stderr: 'The connection to the server 127.0.0.1:40123 was refused', code: 1 };
    const failure = await run({
      answers: {
        ...made,
        'docker inspect *': { stdout: node(ourPorts, false) },
        [nodes]: [refused, refused, { stdout: 'node/watchtower-control-plane\n' }],
      },
    });
    expect(failure).toBeNull();
    expect(changes()).toEqual([
      'docker start watchtower-control-plane',
      'kind export kubeconfig --name watchtower',
      apply,
    ]);
  });

  it('makes a cluster anew that an earlier setup did not finish', async () => {
    const failure = await run({
      answers: { ...absent, ...made, 'docker exec *': { code: 1 } },
    });
    expect(failure).toBeNull();
    expect(changes()).toEqual(['kind delete cluster --name watchtower', create, apply]);
  });

  it('writes a credential anew that expired', async () => {
    const nodes = 'kubectl --context kind-watchtower --request-timeout=5s get nodes *';
    const expired = { stderr: 'error: You must be logged in to the server (Unauthorized)', code: 1 };
    const failure = await run({
      answers: { ...made, [nodes]: [expired, { stdout: 'node/watchtower-control-plane' }] },
    });
    expect(failure).toBeNull();
    expect(changes()).toContain('kind export kubeconfig --name watchtower');
  });

  it('says of an API server that never answers what to look at', async () => {
    const nodes = 'kubectl --context kind-watchtower --request-timeout=5s get nodes *';
    const failure = await run({ answers: { ...made, [nodes]: { stderr: 'net/http: timeout', code: 1 } } });
    expect(failure).toMatchObject({
      message: 'The API server of the cluster watchtower does not answer within 5 s.',
      hint: expect.stringContaining('docker logs watchtower-control-plane'),
      details: 'net/http: timeout',
    });
  });

  it('says that the node image could not be fetched', async () => {
    const failed = {
      stderr: 'ERROR: failed to create cluster: failed to pull image "kindest/node": dial tcp',
      code: 1,
    };
    const failure = await run({ answers: { ...absent, 'kind create *': failed } });
    expect(failure?.hint).toMatch(/node image could not be fetched/);
    expect(changes()).toEqual([create, 'kubectl config use-context production']);
  });

  it('tries a repository that cannot be reached again, then says so', async () => {
    const failed = {
      stderr: 'Error: looks like "https://…" is not a valid chart repository: dial tcp: no such host',
      code: 1,
    };
    const failure = await run({
      answers: { ...made, ...reachable, 'helm repo list *': { code: 1 }, 'helm repo add *': failed },
    });
    expect(failure?.message).toBe('The chart repository https://grafana.github.io/helm-charts cannot be reached.');
    expect(changes().filter((line) => line.startsWith('helm'))).toHaveLength(3);
  });

  it('never names another context than its own', async () => {
    await run({ answers: absent });
    const targeted = tools!.lines().filter((line) => line.startsWith('kubectl --context'));
    expect(targeted.length).toBeGreaterThan(1);
    for (const line of targeted) expect(line).toContain('--context kind-watchtower ');
    expect(ourServer).toMatch(/^https:\/\/127/);
  });
});
