import type { ContainerFile, ContainerSpec } from '../../containers/container-engine';
import type { StackServiceName } from './stack-service-name';

/** What the compose file asks for, in the engine's terms. */
export interface StackPlan {
  project: string;
  network: { name: string; labels: Readonly<Record<string, string>> };
  /** `key` is the name in the compose file, `name` the engine's. */
  volumes: readonly { key: string; name: string; labels: Readonly<Record<string, string>> }[];
  /** Each after those it depends on. */
  services: readonly ServicePlan[];
}

export interface ServicePlan {
  name: StackServiceName;
  /** Host ports may be 0: they are chosen when the container is made. */
  spec: ContainerSpec;
  /** Configs of the compose file, to be copied in before the start. */
  files: readonly ContainerFile[];
  dependsOn: readonly { service: StackServiceName; healthy: boolean }[];
  /** Changes with everything that makes another container necessary, host ports aside. */
  hash: string;
}

/** Labels of Watchtower's own, beside Compose's. */
export const ownLabels = {
  /** Configs were copied in, so that they can be replaced in a running container. */
  configs: 'dev.watchtower.configs',
  hash: 'dev.watchtower.config-hash',
} as const;

/** Labels by which `docker compose` knows what belongs to a project. */
export const composeLabels = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  volume: 'com.docker.compose.volume',
  network: 'com.docker.compose.network',
  number: 'com.docker.compose.container-number',
  oneoff: 'com.docker.compose.oneoff',
  hash: 'com.docker.compose.config-hash',
  dependsOn: 'com.docker.compose.depends_on',
  image: 'com.docker.compose.image',
  workingDir: 'com.docker.compose.project.working_dir',
  configFiles: 'com.docker.compose.project.config_files',
  version: 'com.docker.compose.version',
} as const;

export function projectLabel(project: string): string {
  return `${composeLabels.project}=${project}`;
}
