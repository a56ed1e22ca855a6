import { type AlloyPipeline, localOnly } from './alloy-pipeline';
import { distributedPlace, kubernetesPlace } from './kubernetes-place';
import { secretPath } from './name-components';
import { renderConfig } from './render-config';

const sumo = {
  id: 'sumo',
  endpoint: 'https://collectors.example.sumologic.com/receiver/v1/otlp',
  headers: { 'x-sumo-token': '' },
};
const dualWrite: AlloyPipeline = { ...localOnly, destinations: [sumo] };

/** No Prometheus scrapes the stack in Kubernetes; the dashboard of the stack asks for these jobs. */
export const inKubernetes: AlloyPipeline = {
  ...localOnly,
  scrapeTargets: [
    ['alloy', 'alloy.watchtower.svc:12345'],
    ['tempo', 'tempo.watchtower.svc:3200'],
    ['loki', 'loki.watchtower.svc:3100'],
    ['grafana', 'grafana.watchtower.svc:80'],
    ['mimir-distributor', 'mimir-distributor.watchtower.svc:8080'],
    ['mimir-ingester', 'mimir-ingester.watchtower.svc:8080'],
  ].map(([job, address]) => ({ job: job!, address: address!, path: '/metrics' })),
};

const rewritten = [
  'Rendered by `npm run render:alloy`. Watchtower writes such a file for your settings into the container',
  'and lets Alloy read it again; see docs/sumo-dual-write.md and docs/extending.md.',
];
const kept = [
  'Rendered by `npm run render:alloy` as the configuration of the Docker stack is; see docs/sumo-dual-write.md.',
];

/** The files of `resources/stack/alloy`, by name: what the renderer yields for the default settings. */
export const shippedConfigs: Readonly<Record<string, string>> = {
  'config-local-only.alloy': `${header([
    'Mode local-only: everything stays on this machine.',
    ...rewritten,
  ])}${renderConfig(localOnly)}`,
  'config.alloy': `${header([
    'Mode dual-write: to the local backends and to a cloud destination, here an example of Sumo Logic. By hand: put',
    `your endpoint below and the token, without a line break at its end, into ${secretPath(sumo.id, 0)}`,
    'of the container.',
    ...rewritten,
  ])}${renderConfig(dualWrite)}`,
  'kubernetes/config-local-only.alloy': `${header([
    'Mode local-only, in a cluster: everything stays in it. `make enable-local-only` puts it in place.',
    ...kept,
  ])}${renderConfig(inKubernetes, kubernetesPlace)}`,
  'kubernetes/config.alloy': `${header([
    'Mode dual-write, in a cluster: to its backends and to Sumo Logic, whose URL is in the secret sumo-credentials.',
    '`make disable-local-only` puts it in place.',
    ...kept,
  ])}${renderConfig({ ...inKubernetes, destinations: [sumo] }, kubernetesPlace)}`,
  'kubernetes/config-production-local-only.alloy': `${header([
    'Mode local-only, for the values of a real cluster (helm/values-production).',
    ...kept,
  ])}${renderConfig(localOnly, distributedPlace)}`,
  'kubernetes/config-production.alloy': `${header([
    'Mode dual-write, for the values of a real cluster (helm/values-production): also to Sumo Logic, whose URL is in the',
    'secret sumo-credentials.',
    ...kept,
  ])}${renderConfig(dualWrite, distributedPlace)}`,
};

function header(lines: readonly string[]): string {
  return `${lines.map((line) => `// ${line}\n`).join('')}\n`;
}
