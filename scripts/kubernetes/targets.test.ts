import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { made, node, reachable } from '../../src/core/backends/kubernetes/cluster/test-answers';
import { paths } from '../../src/core/backends/kubernetes/cluster/test-paths';
import { runTool, type Tool } from '../../src/core/backends/kubernetes/tools/run-tool';
import { type TestTools, type TestToolsOptions, testTools } from '../../src/core/backends/kubernetes/tools/test-tools';
import { commands } from './commands';
import { render } from './render';

// Each step starts a program, some dozens a test: slow where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

let tools: TestTools | undefined;

afterEach(() => tools?.close());

function run(target: string, options: TestToolsOptions, ...names: string[]) {
  tools = testTools(options);
  return commands[target]!(tools.session, names);
}

const kubectl = 'kubectl --context kind-watchtower --namespace watchtower';
const endpoint = 'https://in.sumologic.com/receiver/v1/otlp/CANARY0815';
const secret = {
  [`${kubectl} get secret sumo-credentials *`]: {
    stdout: JSON.stringify({ data: { endpoint: Buffer.from(endpoint).toString('base64') } }),
  },
};
const configMap = (mode: string, chosen: string) => ({
  [`${kubectl} get configmap alloy-config *`]: {
    stdout: JSON.stringify({
      metadata: {
        labels: { 'watchtower.dev/alloy-mode': mode },
        annotations: { 'watchtower.dev/local-only-chosen': chosen },
      },
      data: { 'config.alloy': `// ${mode}, as it was` },
    }),
  },
});
const applied = () =>
  tools!
    .calls()
    .filter(({ args }) => args.includes('apply'))
    .flatMap(({ input }) => JSON.parse(input).items);
const ours = () => tools!.lines().filter((line) => line.startsWith(`${kubectl} rollout`) || line.includes(' apply '));

describe('make enable-local-only and disable-local-only', () => {
  it('swaps the ConfigMap, restarts Alloy and waits for it', async () => {
    expect(
      await run('enable-local-only', { answers: { ...reachable, ...configMap('dual-write', 'false') } }),
    ).toBeNull();
    expect(ours()).toEqual([
      `${kubectl} apply --server-side --force-conflicts --field-manager=watchtower --filename=-`,
      `${kubectl} rollout restart deployment/alloy`,
      `${kubectl} rollout status deployment/alloy --timeout=120s`,
    ]);
    expect(applied()).toMatchObject([
      {
        metadata: { name: 'alloy-config', annotations: { 'watchtower.dev/local-only-chosen': 'true' } },
        data: { 'config.alloy': readFileSync(join(paths.alloy, 'config-local-only.alloy'), 'utf8') },
      },
    ]);
  });

  it('restores dual-write where there is a secret', async () => {
    expect(
      await run('disable-local-only', { answers: { ...reachable, ...secret, ...configMap('local-only', 'true') } }),
    ).toBeNull();
    expect(applied()[0].data['config.alloy']).toBe(readFileSync(join(paths.alloy, 'config.alloy'), 'utf8'));
    expect(applied()[0].metadata.annotations['watchtower.dev/local-only-chosen']).toBe('false');
    expect(tools!.said.join()).not.toContain('CANARY');
  });

  it('changes nothing without a secret', async () => {
    const failure = await run('disable-local-only', { answers: reachable });
    expect(failure).toMatchObject({
      message: expect.stringContaining('no secret sumo-credentials'),
      hint: 'Write it: make sumo-set',
    });
    expect(ours()).toEqual([]);
  });

  it('puts back what Alloy had where it does not start with the new one', async () => {
    const status = `${kubectl} rollout status deployment/alloy --timeout=120s`;
    const failure = await run('disable-local-only', {
      answers: {
        ...reachable,
        ...secret,
        ...configMap('local-only', 'false'),
        [status]: [{ stderr: 'error: timed out waiting for the condition', code: 1 }, {}],
        [`${kubectl} get pods *`]: { stdout: '{"items": []}' },
      },
    });
    expect(failure?.message).toBe('Alloy does not become ready.');
    expect(applied().map(({ metadata }) => metadata.labels['watchtower.dev/alloy-mode'])).toEqual([
      'dual-write',
      'local-only',
    ]);
    expect(applied().at(-1).data).toEqual({ 'config.alloy': '// local-only, as it was' });
  });
});

describe('the Sumo secret', () => {
  it('is shown masked, and whole only when asked', async () => {
    await run('sumo-show', { answers: { ...reachable, ...secret } });
    expect(tools!.said).toEqual(['https://in.sumologic.com/receiver/v1/otlp/…0815   (SHOW=1 shows it whole)']);
    tools!.close();
    await run('sumo-show', { answers: { ...reachable, ...secret }, env: { SHOW: '1' } });
    expect(tools!.said).toEqual([endpoint]);
  });

  it('is written from the environment, never by an argument, and Alloy follows', async () => {
    const answers = {
      ...reachable,
      ...secret,
      'helm list *': { stdout: '[{"name": "alloy", "chart": "alloy-1.11.1", "status": "deployed"}]' },
    };
    expect(await run('sumo-set', { answers, env: { SUMO_ENDPOINT: `${endpoint}\n` } })).toBeNull();
    expect(applied()[0]).toMatchObject({ kind: 'Secret', stringData: { endpoint } });
    expect(JSON.stringify([tools!.lines(), tools!.said])).not.toContain('CANARY');
    expect(ours().at(-2)).toBe(`${kubectl} rollout restart deployment/alloy`);
  });

  it('refuses what is no address of a source, before it asks the cluster, without repeating it', async () => {
    const failure = await run('sumo-set', { answers: reachable, env: { SUMO_ENDPOINT: 'https://x.example/CANARY' } });
    expect(failure?.message).toMatch(/does not belong to an OTLP\/HTTP source/);
    expect(JSON.stringify(failure)).not.toContain('CANARY');
    expect(tools!.calls()).toEqual([]);
  });

  it('is removed, and Alloy writes to the cluster alone', async () => {
    const answers = { ...reachable, 'helm list *': { stdout: '[]' } };
    expect(await run('sumo-remove', { answers })).toBeNull();
    expect(tools!.lines()).toContain(`${kubectl} delete secret sumo-credentials --ignore-not-found`);
    expect(applied()[0].metadata.labels['watchtower.dev/alloy-mode']).toBe('local-only');
  });
});

describe('make status', () => {
  it('shows pods and services', async () => {
    const answers = { ...reachable, [`${kubectl} get pods --output=json`]: { stdout: '{"items": []}' } };
    expect(await run('status', { answers })).toBeNull();
    expect(tools!.lines()).toContain(`${kubectl} get pods,services`);
  });

  it('fails where a pod is in trouble', async () => {
    const items = [
      {
        metadata: { name: 'grafana-1' },
        status: {
          containerStatuses: [
            { name: 'grafana', state: { waiting: { reason: 'ImagePullBackOff', message: 'toomanyrequests' } } },
          ],
        },
      },
    ];
    const answers = { ...reachable, [`${kubectl} get pods --output=json`]: { stdout: JSON.stringify({ items }) } };
    const failure = await run('status', { answers });
    expect(failure).toMatchObject({
      message: 'A pod is in trouble.',
      details: expect.stringContaining('grafana-1 cannot get its image: toomanyrequests'),
    });
  });

  it.each([
    ['an expired credential', 'error: You must be logged in to the server (Unauthorized)', /refuses the credential/],
    ['silence', 'Unable to connect to the server: net/http: request canceled', /does not answer within 5 s/],
  ])('tells %s', async (_, stderr, message) => {
    const nodes = 'kubectl --context kind-watchtower --request-timeout=5s get nodes *';
    const failure = await run('status', { answers: { ...reachable, [nodes]: { stderr, code: 1 } } });
    expect(failure?.message).toMatch(message);
  });
});

describe('make logs', () => {
  it.each([
    [[], 'deployment/alloy'],
    [['loki'], 'statefulset/loki'],
    [['mimir-ingester'], 'statefulset/mimir-ingester'],
    [['mimir'], 'deployment/mimir-distributor'],
  ])('follows %j', async (names, workload) => {
    expect(await run('logs', { answers: reachable }, ...names)).toBeNull();
    expect(tools!.lines().at(-1)).toBe(`${kubectl} logs ${workload} --follow --tail=100 --all-containers`);
  });

  it('names the services where there is none of that name', async () => {
    expect(await run('logs', { answers: reachable }, 'prometheus')).toMatchObject({
      message: 'There is no service prometheus.',
      hint: expect.stringContaining('mimir-ingester'),
    });
  });
});

describe('make port-forward', () => {
  it('forwards on the loopback address, on another port where the mapping holds one, and begins again', async () => {
    const stopping = new AbortController();
    tools = testTools({ answers: reachable, heldPorts: [13000], signal: stopping.signal });
    let pauses = 0;
    const session = {
      ...tools.session,
      wait: async () => {
        pauses++;
        if (pauses === 8) stopping.abort();
      },
    };
    expect(await commands['port-forward']!(session, [])).toBeNull();
    const lines = tools.lines().filter((line) => line.includes('port-forward'));
    expect(lines).toContain(`${kubectl} port-forward --address=127.0.0.1 service/grafana 21300:80`);
    expect(lines).toContain(`${kubectl} port-forward --address=127.0.0.1 service/alloy 14317:4317`);
    expect(lines.length).toBeGreaterThan(6);
    expect(tools.said).toContain('Grafana   127.0.0.1:21300   (13000 is taken)');
  });
});

describe('make render', () => {
  it('writes what each chart makes, and the objects of our own, and needs no cluster', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchtower-render-'));
    tools = testTools({ answers: { 'helm template *': { stdout: 'kind: Rendered\n' } } });
    expect(await render(tools.session, folder)).toBeNull();
    expect(tools.lines().filter((line) => line.startsWith('helm template'))[0]).toBe(
      `helm template tempo watchtower-grafana-community/tempo --version 2.2.4 --values ${join(paths.helm, 'values/tempo.yaml')} --namespace watchtower --kube-version 1.37.0 --include-crds --skip-tests`,
    );
    for (const name of ['tempo', 'loki', 'mimir', 'grafana', 'alloy']) {
      expect(readFileSync(join(folder, `${name}.yaml`), 'utf8')).toBe('kind: Rendered\n');
    }
    expect(readFileSync(join(folder, 'watchtower.yaml'), 'utf8')).toContain('name: watchtower-dashboards');
    expect(tools.lines().some((line) => line.startsWith('kubectl') || line.startsWith('kind'))).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('writes to a folder that git ignores', () => {
    execFileSync('git', ['check-ignore', '--quiet', join(paths.rendered, 'tempo.yaml')]);
  });

  it('renders the others where one fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchtower-render-'));
    tools = testTools({ answers: { 'helm template loki *': { stderr: 'Error: nil pointer', code: 1 } } });
    expect(await render(tools.session, folder)).toMatchObject({
      message: 'Helm could not render loki.',
      details: 'Error: nil pointer',
    });
    expect(existsSync(join(folder, 'alloy.yaml'))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

describe('make teardown', () => {
  const deleted = () => tools!.lines().filter((line) => line.startsWith('kind delete'));

  it('names the cluster and asks, and deletes nothing unasked', async () => {
    const failure = await run('teardown', { answers: made });
    expect(tools!.asked).toEqual(['Delete the cluster watchtower?']);
    expect(failure).toMatchObject({ message: 'Nothing was deleted.' });
    expect(deleted()).toEqual([]);
  });

  it('deletes our cluster, also a half-made one', async () => {
    expect(await run('teardown', { answers: { ...made, 'docker exec *': { code: 1 } }, confirms: true })).toBeNull();
    expect(deleted()).toEqual(['kind delete cluster --name watchtower']);
  });

  it('never touches a cluster of that name that is not ours', async () => {
    const failure = await run('teardown', {
      answers: { ...made, 'docker inspect *': { stdout: node({ 80: 80 }) } },
      confirms: true,
    });
    expect(failure?.message).toMatch(/not one of Watchtower's/);
    expect(deleted()).toEqual([]);
  });

  it('is content where there is none', async () => {
    expect(await run('teardown', { answers: { 'kind get clusters': {} } })).toBeNull();
    expect(tools!.said).toEqual(['There is no kind cluster watchtower']);
  });
});

describe('the Makefile', () => {
  it.each([
    ...Object.keys(commands).map((target) => [target, target === 'logs' ? 'logs alloy' : target]),
    ...['tempo', 'loki', 'mimir', 'grafana', 'alloy'].map((name) => [`deploy-${name}`, `deploy ${name}`]),
  ])('has the target %s', (target, command) => {
    const root = join(import.meta.dirname, '../..');
    // What is installed already is not asked for: the targets' own lines are what is looked at.
    const printed = execFileSync(
      'make',
      ['--dry-run', '--no-print-directory', '--old-file=node_modules/.installed', target!],
      // Not as a part of the `make` that runs the tests.
      { cwd: root, encoding: 'utf8', env: { ...process.env, MAKEFLAGS: '', MAKELEVEL: '' } },
    );
    expect(printed.trim().split('\n').at(-1)).toBe(`node --import tsx scripts/kubernetes.mts ${command}`);
  });
});

describe('runTool', () => {
  it('tells a program that is not there from one that fails', async () => {
    expect((await runTool('watchtower-no-such-tool' as Tool, [])).code).toBe(127);
  });

  it('hands over arguments as they are, without a shell', async () => {
    tools = testTools();
    await runTool('kubectl', ['a b', '$HOME', '`id`', '"'], { input: 'given' });
    expect(tools.calls()).toEqual([{ tool: 'kubectl', args: ['a b', '$HOME', '`id`', '"'], input: 'given' }]);
  });
});
