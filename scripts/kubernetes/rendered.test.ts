import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { charts } from './charts';
import { ports } from './cluster';
import { thisMachine } from './machine';
import { render } from './render';
import { findDanglingReferences } from './rendered-references';
import { runTool } from './run-tool';
import { bytesOf, leaves, valueAt } from './test-values';

/** A folder of unpacked charts, and one with a real Helm. */
const { WATCHTOWER_CHARTS: chartFolder, WATCHTOWER_KUBE_TOOLS: toolFolder } = process.env;
const canRender = Boolean(chartFolder && toolFolder && existsSync(join(toolFolder, 'helm')));

const title = canRender
  ? 'what a real Helm makes of the values'
  : 'what a real Helm makes of the values (not rendered: WATCHTOWER_CHARTS and WATCHTOWER_KUBE_TOOLS name no charts and no helm)';

interface Manifest {
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: unknown;
  data?: Record<string, string>;
}

describe.skipIf(!canRender)(title, () => {
  const path = process.env.PATH;
  let folder: string;
  let objects: Manifest[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'watchtower-rendered-'));
    process.env.PATH = `${toolFolder}${delimiter}${path}`;
    const failure = await render(
      {
        run: runTool,
        say: () => undefined,
        ask: async () => false,
        wait: async () => undefined,
        env: { WATCHTOWER_CHARTS: chartFolder },
        platform: process.platform,
        machine: thisMachine,
        signal: new AbortController().signal,
      },
      folder,
    );
    expect(failure).toBeNull();
    objects = readdirSync(folder).flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8'))
        .map((document) => document.toJS())
        .filter(Boolean),
    );
  }, 120_000);

  afterAll(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
  });

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
  interface Container {
    name: string;
    image: string;
    resources?: { requests?: { memory?: string }; limits?: { memory?: string } };
  }

  it('are the workloads that the targets wait for, each by its name, and no other', () => {
    const found = ofKind('Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob').map(
      ({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`,
    );
    expect(found.sort()).toEqual(charts.flatMap(({ workloads }) => workloads).sort());
  });

  it('refer to nothing that is neither rendered nor optional', () => {
    expect(findDanglingReferences(objects)).toEqual([]);
  });

  it('publish the node ports of the mappings; beside them one of Alloy, which nothing maps', () => {
    const published = ofKind('Service').flatMap(({ spec }) =>
      leaves(spec)
        .filter(({ path: at }) => at.at(-1) === 'nodePort')
        .map(({ value }) => value),
    );
    expect(published.sort()).toEqual([...ports.map(({ nodePort }) => nodePort), 31128].sort());
    expect(ofKind('Service').map(({ spec }) => valueAt(spec, 'type'))).not.toContain('LoadBalancer');
    expect(ofKind('Ingress')).toEqual([]);
  });

  it('bound the memory of every container, all within 7 GiB', () => {
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

  it('pin each image', () => {
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
    expect(addresses.length).toBeGreaterThan(10);
    for (const [address, , name, port] of addresses) expect(services.get(name!), address).toContain(Number(port ?? 80));
  });

  it('turn Mimir to files, without tenants, S3 or Kafka', () => {
    const config = parse(
      ofKind('ConfigMap').find(({ metadata }) => metadata.name === 'mimir-config')!.data!['mimir.yaml']!,
    );
    expect(config).toMatchObject({ multitenancy_enabled: false, blocks_storage: { backend: 'filesystem' } });
    expect(JSON.stringify(config)).not.toMatch(/"s3"|kafka/);
  });
});
