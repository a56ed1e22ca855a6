import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { charts } from '../../../src/core/backends/kubernetes/charts/charts';
import { reachedServices } from '../../../src/core/backends/kubernetes/cluster/reached-services';

const given = process.env.WATCHTOWER_CHARTS;

/** The real charts where a folder of them is given; else charts of their names that make the same workloads and services, and little else. */
export function chartFolder(folder: string): string {
  if (given) return resolve(given);
  for (const { chart, version, workloads } of charts) {
    const templates = join(folder, chart, 'templates');
    mkdirSync(templates, { recursive: true });
    writeFileSync(join(folder, chart, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: chart, version }));
    const objects = workloads.flatMap(objectsOf);
    writeFileSync(join(templates, 'all.yaml'), objects.map((each) => `---\n${stringify(each)}`).join(''));
  }
  return folder;
}

function objectsOf(workload: string): object[] {
  const [kind, name] = workload.split('/') as ['deployment' | 'statefulset', string];
  const labels = { 'app.kubernetes.io/name': name };
  const metadata = { name, labels };
  const ports = portsOf(name);
  const containers = [{ name, image: `grafana/${name}:1`, resources: { requests: { memory: '64Mi' } } }];
  return [
    {
      apiVersion: 'apps/v1',
      kind: kind === 'deployment' ? 'Deployment' : 'StatefulSet',
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        ...(kind === 'statefulset' && { serviceName: name }),
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports } },
  ];
}

function portsOf(name: string): object[] {
  const reached = Object.values(reachedServices).filter(({ service }) => service === name);
  const ports = reached.map(({ port }) => ({
    name: `port-${port}`,
    port,
    targetPort: port === 80 ? behind(name) : port,
  }));
  return ports.length > 0 ? ports : [{ name: 'http', port: 8080 }];
}

/** What the real charts have behind port 80. */
function behind(name: string): number {
  return name === 'grafana' ? 3000 : 8080;
}
