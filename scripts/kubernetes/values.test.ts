import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { charts } from '../../src/core/backends/kubernetes/charts/charts';
import { cluster, kubernetesVersion, ports } from '../../src/core/backends/kubernetes/cluster/cluster';
import { paths, stackFolder } from '../../src/core/backends/kubernetes/cluster/test-paths';
import { dashboardsConfigMap } from '../../src/core/backends/kubernetes/objects/own-objects';
import { bytesOf, leaves, readValues, type Values, valueAt } from './test-values';

const values = readValues('values');
const kind = parse(readFileSync(paths.clusterConfig, 'utf8'));
const gib = 2 ** 30;

interface Resources {
  requests: { memory: string };
  limits: { memory: string };
}

/** By the path of the part: `mimir/ingester`. */
const resources: Record<string, { resources: Resources; replicas: number }> = Object.fromEntries(
  Object.entries(values).flatMap(([name, chart]) => find(chart, name)),
);

function find(value: unknown, path: string): [string, { resources: Resources; replicas: number }][] {
  if (typeof value !== 'object' || value === null) return [];
  const at = value as Values;
  const inner = Object.entries(at).flatMap(([key, each]) => find(each, `${path}/${key}`));
  const own = at.resources as Resources | undefined;
  return own?.limits === undefined ? inner : [[path, { resources: own, replicas: Number(at.replicas ?? 1) }], ...inner];
}

function sum(which: 'requests' | 'limits'): number {
  return Object.values(resources).reduce(
    (total, { resources: each, replicas }) => total + bytesOf(each[which].memory) * replicas,
    0,
  );
}

describe('the kind cluster', () => {
  it('maps exactly the ports of the targets, on the loopback address alone', () => {
    expect(kind.nodes).toHaveLength(1);
    expect(kind.nodes[0].extraPortMappings).toEqual(
      ports.map(({ nodePort, hostPort }) => ({
        containerPort: nodePort,
        hostPort,
        listenAddress: '127.0.0.1',
        protocol: 'TCP',
      })),
    );
  });

  it('runs a pinned image of the Kubernetes that the charts are rendered for, under our name and label', () => {
    expect(kind.name).toBe(cluster.name);
    expect(kind.nodes[0].image).toMatch(new RegExp(`^kindest/node:v${kubernetesVersion}@sha256:[0-9a-f]{64}$`));
    const [label, owner] = cluster.label.split('=');
    expect(kind.nodes[0].labels).toEqual({ [label!]: owner });
  });
});

describe('the values', () => {
  it('are there for each chart, and for nothing else', () => {
    expect(Object.keys(values).sort()).toEqual(charts.map(({ name }) => name).sort());
  });

  it('name the node ports that the cluster maps', () => {
    const named = Object.values(values).flatMap((each) =>
      leaves(each)
        .filter(({ path }) => path.at(-1) === 'nodePort')
        .map(({ value }) => value),
    );
    expect(named.sort()).toEqual(ports.map(({ nodePort }) => nodePort));
  });

  it('ask for no load balancer', () => {
    expect(JSON.stringify(values)).not.toContain('LoadBalancer');
  });

  it('give each part of ours a bound of memory, all within 8 GB with what the cluster itself needs', () => {
    expect(Object.keys(resources).sort()).toEqual([
      'alloy/alloy',
      'grafana',
      'loki/singleBinary',
      'mimir/compactor',
      'mimir/distributor',
      'mimir/gateway',
      'mimir/ingester',
      'mimir/querier',
      'mimir/query_frontend',
      'mimir/query_scheduler',
      'mimir/store_gateway',
      'tempo/tempo',
    ]);
    // Etcd, API server, scheduler and the rest of the control plane take about 1 GiB.
    expect(sum('limits')).toBeLessThanOrEqual(7 * gib);
    expect(sum('requests')).toBeLessThanOrEqual(2 * gib);
  });

  it('tell Go programs a lower bound than their limit, where the chart does not do so itself', () => {
    const parts = {
      'tempo/tempo': 'tempo.extraEnv',
      'loki/singleBinary': 'singleBinary.extraEnv',
      'alloy/alloy': 'alloy.extraEnv',
    };
    for (const [part, path] of Object.entries(parts)) {
      const env = valueAt(values[part.split('/')[0]!], path) as { name: string; value: string }[];
      const soft = env.find(({ name }) => name === 'GOMEMLIMIT')!.value;
      const share = bytesOf(soft.replace('MiB', 'Mi')) / bytesOf(resources[part]!.resources.limits.memory);
      expect(share, part).toBeGreaterThan(0.7);
      expect(share, part).toBeLessThan(0.9);
    }
    expect(valueAt(values.grafana, 'env')).not.toHaveProperty('GOMEMLIMIT');
  });

  it('keep what they hold for as long as the Docker stack does', () => {
    expect(valueAt(values.tempo, 'tempo.retention')).toBe('72h');
    expect(valueAt(values.loki, 'loki.limits_config.retention_period')).toBe('72h');
    expect(valueAt(values.mimir, 'mimir.structuredConfig.limits.compactor_blocks_retention_period')).toBe('72h');
  });

  it('make labels of the same resource attributes as the Docker stack', () => {
    const loki = parse(readFileSync(join(paths.helm, '../loki/loki.yaml'), 'utf8'));
    expect(valueAt(values.loki, 'loki.limits_config.otlp_config')).toEqual(loki.limits_config.otlp_config);
    const prometheus = parse(readFileSync(join(paths.helm, '../prometheus/prometheus.yml'), 'utf8'));
    expect(
      String(valueAt(values.mimir, 'mimir.structuredConfig.limits.promote_otel_resource_attributes')).split(','),
    ).toEqual(prometheus.otlp.promote_resource_attributes);
  });

  it('pin an image by its version, and all but Mimir by a digest', () => {
    const images: Record<string, string> = {
      tempo: String(valueAt(values.tempo, 'tempo.tag')),
      loki: `${valueAt(values.loki, 'loki.image.tag')}@${valueAt(values.loki, 'loki.image.digest')}`,
      nginx: String(valueAt(values.mimir, 'gateway.nginx.image.tag')),
      grafana: `${valueAt(values.grafana, 'image.tag')}@sha256:${valueAt(values.grafana, 'image.sha')}`,
      alloy: `v1.18.1@${valueAt(values.alloy, 'image.digest')}`,
    };
    for (const [name, tag] of Object.entries(images))
      expect(tag, name).toMatch(/^v?\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$/);
    expect(valueAt(values.mimir, 'image.tag')).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe("Grafana's values", () => {
  it('hold the data sources of the Docker stack, with their links, at the addresses of the cluster', () => {
    const compose = parse(
      readFileSync(join(paths.helm, '../grafana/provisioning/datasources/watchtower.yaml'), 'utf8'),
    );
    const sources = valueAt(values.grafana, 'datasources') as Record<string, { datasources: Values[] }>;
    const here = sources['datasources.yaml']!.datasources;
    const withoutPlace = ({ name: _name, url: _url, jsonData, ...rest }: Values) => ({
      ...rest,
      jsonData: { ...(jsonData as Values), prometheusType: undefined },
    });
    expect(here.map(withoutPlace)).toEqual(compose.datasources.map(withoutPlace));
    expect(here.map(({ name, url }) => `${name} ${url}`)).toEqual([
      'Mimir http://mimir-gateway.watchtower.svc/prometheus',
      'Loki http://loki.watchtower.svc:3100',
      'Tempo http://tempo.watchtower.svc:3200',
    ]);
  });

  it('mount the dashboards that the deployment makes a ConfigMap of, where their provider reads', () => {
    const object = dashboardsConfigMap({ stackFolder });
    expect(valueAt(values.grafana, 'dashboardsConfigMaps')).toEqual({ watchtower: object.metadata.name });
    expect(Object.keys(object.data!)).toEqual(readdirSync(paths.dashboards).sort());
    const providers = valueAt(values.grafana, 'dashboardProviders') as Record<string, { providers: Values[] }>;
    const [provider] = providers['dashboardproviders.yaml']!.providers;
    expect(valueAt(provider, 'options.path')).toBe(`/var/lib/grafana/dashboards/${provider!.name}`);
    const home = String(valueAt(values.grafana, 'env.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'));
    expect(Object.keys(object.data!)).toContain(home.replace(`${valueAt(provider, 'options.path')}/`, ''));
  });

  it('fit into a ConfigMap, which holds 1 MiB', () => {
    expect(JSON.stringify(dashboardsConfigMap({ stackFolder })).length).toBeLessThan(900_000);
  });
});
