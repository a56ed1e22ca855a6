import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { charts, chartsOf } from '../../src/core/backends/kubernetes/charts/charts';
import { kubernetesVersion, ports } from '../../src/core/backends/kubernetes/cluster/cluster';
import { runTool } from '../../src/core/backends/kubernetes/tools/run-tool';
import { findDanglingReferences } from './rendered-references';
import { canRender, chartFolder, type Manifest, putToolsOnPath, renderObjects, whyNotRendered } from './test-rendered';
import { bytesOf, leaves, readValues, type Values, valueAt } from './test-values';

const title = `what a real Helm makes of the values${whyNotRendered}`;

/** Keys whose other value makes no difference: what Loki's chart does not know counts as a filesystem. */
const idle: Record<string, string[]> = { 'values/loki': ['loki.storage.type'] };

interface Container {
  name: string;
  image: string;
  env?: { name: string }[] | null;
  ports?: { containerPort: number; protocol?: string }[] | null;
  resources?: { requests?: { memory?: string }; limits?: { memory?: string } };
}

let path: string | undefined;
beforeAll(() => {
  path = putToolsOnPath();
});
afterAll(() => {
  process.env.PATH = path;
});

describe.skipIf(!canRender).each(['values', 'values-production'] as const)(`${title}: %s`, (profile) => {
  let objects: Manifest[];

  beforeAll(async () => {
    objects = await renderObjects(profile);
  }, 120_000);

  const ofKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
  const containers = () =>
    ofKind('Deployment', 'StatefulSet', 'DaemonSet', 'Job').flatMap(({ metadata, spec }) => {
      const pod = valueAt(spec, 'template.spec') as { containers: Container[]; initContainers?: Container[] };
      const replicas = Number(valueAt(spec, 'replicas') ?? 1);
      return [...pod.containers, ...(pod.initContainers ?? [])].map((each) => ({
        ...each,
        of: metadata.name,
        replicas,
      }));
    });
  it.runIf(profile === 'values')('are the workloads that the targets wait for, each by its name, and no other', () => {
    const found = ofKind('Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob').map(
      ({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`,
    );
    expect(found.sort()).toEqual(charts.flatMap(({ workloads }) => workloads).sort());
  });

  it('refer to nothing that is neither rendered nor optional', () => {
    const missing = findDanglingReferences(objects).map((text) => text.split(': ')[1]);
    // What the values for a real cluster say that a person makes first.
    const made = ['Secret object-store', 'Secret grafana-admin', 'Secret grafana-database'];
    expect([...new Set(missing)].sort()).toEqual(profile === 'values' ? [] : made.sort());
  });

  it.runIf(profile === 'values')(
    'publish the node ports of the mappings; beside them one of Alloy, which nothing maps',
    () => {
      const published = ofKind('Service').flatMap(({ spec }) =>
        leaves(spec)
          .filter(({ path: at }) => at.at(-1) === 'nodePort')
          .map(({ value }) => value),
      );
      expect(published.sort()).toEqual([...ports.map(({ nodePort }) => nodePort), 31128].sort());
      expect(ofKind('Ingress')).toEqual([]);
    },
  );

  it('ask for no load balancer', () => {
    expect(ofKind('Service').length).toBeGreaterThan(5);
    expect(ofKind('Service').map(({ spec }) => valueAt(spec, 'type'))).not.toContain('LoadBalancer');
  });

  it.runIf(profile === 'values')('bound the memory of every container, all within 7 GiB', () => {
    for (const { of, name, resources } of containers())
      expect(resources?.limits?.memory, `${of} ${name}`).toBeDefined();
    const sum = (which: 'requests' | 'limits') =>
      containers().reduce(
        (total, { resources, replicas }) => total + bytesOf(resources![which]!.memory!) * replicas,
        0,
      );
    expect(sum('limits')).toBeLessThanOrEqual(7 * 2 ** 30);
    expect(sum('requests')).toBeLessThanOrEqual(2 * 2 ** 30);
  });

  it.runIf(profile === 'values')('pin each image', () => {
    for (const { image } of containers()) expect(image).toMatch(/@sha256:[0-9a-f]{64}$|^grafana\/mimir:\d+\.\d+\.\d+$/);
  });

  it('bear labels and names that an API server takes', () => {
    for (const { kind, metadata } of objects) {
      expect(metadata.name, kind).toMatch(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);
      for (const [key, value] of Object.entries(metadata.labels ?? {})) {
        expect(value, `${kind} ${metadata.name}: ${key}`).toMatch(/^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/);
      }
    }
  });

  it('name no variable and no port of a container twice, which an API server refuses', () => {
    for (const { of, name, env, ports: opened } of containers()) {
      const names = (env ?? []).map((each) => each.name);
      expect(names, `${of} ${name}`).toEqual([...new Set(names)]);
      const numbers = (opened ?? []).map(({ containerPort, protocol = 'TCP' }) => `${containerPort} ${protocol}`);
      expect(numbers, `${of} ${name}`).toEqual([...new Set(numbers)]);
    }
  });

  it('offer every address that Alloy, Grafana and Tempo are given', () => {
    const services = new Map(
      ofKind('Service').map(({ metadata, spec }) => [
        metadata.name,
        (valueAt(spec, 'ports') as { port: number }[]).map(({ port }) => Number(port)),
      ]),
    );
    const texts = ofKind('ConfigMap', 'Secret').map((object) => JSON.stringify(object.data ?? {}));
    const addresses = texts.flatMap((text) => [
      ...text.matchAll(/(https?:\/\/)?([a-z-]+)\.watchtower\.svc(?::(\d+))?(?=[/"\\])/g),
    ]);
    expect(addresses.length).toBeGreaterThan(7);
    for (const [address, , name, port] of addresses) expect(services.get(name!), address).toContain(Number(port ?? 80));
  });

  it.runIf(profile === 'values-production')('publish Grafana and OTLP by an ingress with TLS, and nothing else', () => {
    const published = ofKind('Ingress').map(({ metadata, spec }) => ({
      name: metadata.name,
      hosts: (valueAt(spec, 'tls') as { hosts: string[] }[]).flatMap(({ hosts }) => hosts),
      paths: (valueAt(spec, 'rules') as unknown[])
        .flatMap((rule) => valueAt(rule, 'http.paths'))
        .map((each) => valueAt(each, 'path')),
    }));
    expect(published.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'alloy', hosts: ['otlp.example.com'], paths: ['/v1'] },
      { name: 'grafana', hosts: ['grafana.example.com'], paths: ['/'] },
    ]);
  });

  it.runIf(profile === 'values')('turn Mimir to files, without tenants, S3 or Kafka', () => {
    const config = parse(
      ofKind('ConfigMap').find(({ metadata }) => metadata.name === 'mimir-config')!.data!['mimir.yaml']!,
    );
    expect(config).toMatchObject({ multitenancy_enabled: false, blocks_storage: { backend: 'filesystem' } });
    expect(JSON.stringify(config)).not.toMatch(/"s3"|kafka/);
  });
});

/** A value of the same kind that is another one. */
function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return typeof value === 'string' ? `${value}1` : 'another';
}

function withChange(values: Values, at: readonly (string | number)[], change: unknown): Values {
  const copy = structuredClone(values);
  const owner = at.slice(0, -1).reduce<unknown>((inner, key) => (inner as Values)[key as string], copy) as Values;
  owner[at.at(-1) as string] = change;
  return copy;
}

describe.skipIf(!canRender).each(['values', 'values-production'] as const)(`each key, ${title}: %s`, (profile) => {
  it.each(chartsOf(profile))('is used by the chart: $name', { timeout: 600_000 }, async (chart) => {
    const folder = mkdtempSync(join(tmpdir(), 'watchtower-keys-'));
    const values = readValues(profile)[chart.name]!;
    const rendered = async (given: Values) => {
      const file = join(folder, 'values.yaml');
      writeFileSync(file, stringify(given));
      const args = ['template', chart.name, join(chartFolder!, chart.chart), '--namespace', 'watchtower'];
      const ran = await runTool('helm', [
        ...args,
        '--values',
        file,
        '--kube-version',
        kubernetesVersion,
        '--include-crds',
      ]);
      return ran.code === 0 ? ran.stdout : ran.stderr;
    };
    const before = await rendered(values);
    const unused: string[] = [];
    for (const { path: at, value } of leaves(values)) {
      if ((await rendered(withChange(values, at, another(value)))) === before) unused.push(at.join('.'));
    }
    rmSync(folder, { recursive: true });
    expect(unused).toEqual(idle[`${profile}/${chart.name}`] ?? []);
  });
});
