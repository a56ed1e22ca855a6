import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../charts/charts';
import { cluster, pathsIn } from '../cluster/cluster';
import type { Session } from '../tools/session';
import type { KubernetesObject } from './apply-objects';

export const ownLabels = { 'app.kubernetes.io/managed-by': 'watchtower', 'app.kubernetes.io/part-of': 'watchtower' };

export type AlloyMode = 'local-only' | 'dual-write';

const alloyFiles: Record<Profile, Record<AlloyMode, string>> = {
  values: { 'local-only': 'config-local-only.alloy', 'dual-write': 'config.alloy' },
  'values-production': {
    'local-only': 'config-production-local-only.alloy',
    'dual-write': 'config-production.alloy',
  },
};

/** On the ConfigMap of Alloy: which configuration it holds. */
export const modeLabel = 'watchtower.dev/alloy-mode';
/** On the same, where a person chose local-only: a later deployment keeps to it, secret or not. */
export const chosenAnnotation = 'watchtower.dev/local-only-chosen';
/** On the same: a host wrote it for its destinations, and goes on writing it. */
export const hostAnnotation = 'watchtower.dev/written-by-host';

/** What Alloy's chart is told to mount. */
export function alloyConfigMap(
  { stackFolder }: Pick<Session, 'stackFolder'>,
  mode: AlloyMode,
  isChosen: boolean,
  profile: Profile = 'values',
): KubernetesObject {
  const config = readFileSync(join(pathsIn(stackFolder).alloy, alloyFiles[profile][mode]), 'utf8');
  return alloyConfigMapOf(mode, { [chosenAnnotation]: String(isChosen) }, config);
}

/** The same for a configuration that is given. */
export function alloyConfigMapOf(
  mode: AlloyMode,
  annotations: Record<string, string>,
  config: string,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'alloy-config',
      namespace: cluster.namespace,
      labels: { ...ownLabels, [modeLabel]: mode },
      annotations,
    },
    data: { 'config.alloy': config },
  };
}

/** What Grafana's chart is told to mount: the dashboards of the Docker stack. */
export function dashboardsConfigMap({ stackFolder }: Pick<Session, 'stackFolder'>): KubernetesObject {
  const { dashboards } = pathsIn(stackFolder);
  const files = readdirSync(dashboards).filter((file) => file.endsWith('.json'));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'watchtower-dashboards', namespace: cluster.namespace, labels: ownLabels },
    data: Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(dashboards, file), 'utf8')])),
  };
}
