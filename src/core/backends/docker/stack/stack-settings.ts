import type { Variables } from './plan/interpolate';
import type { StackSource } from './plan/load-stack-plan';
import { type StackPorts, serviceFacts } from './plan/service-facts';
import type { StackServiceName } from './plan/stack-service-name';

export interface StackSettings {
  /** Path of the compose file. */
  file: string;
  /** Compose project. */
  project: string;
  ports: StackPorts;
  /** Instead of the compose file's: for mirrors and networks without a registry. */
  images: { readonly [Service in StackServiceName]?: string };
  /** The environment of this process, for what the compose file asks for beyond these. */
  variables: Variables;
}

/** The compose file with its variables set as the settings say. */
export function toSource({ file, project, ports, images, variables }: StackSettings): StackSource {
  const set: Record<string, string> = { WATCHTOWER_PROJECT: project };
  for (const [service, facts] of Object.entries(serviceFacts)) {
    for (const { key, variable } of facts.ports) set[variable] = String(ports[key]);
    const image = images[service as StackServiceName];
    if (image) set[`WATCHTOWER_IMAGE_${service.toUpperCase()}`] = image;
  }
  return { file, variables: { ...variables, ...set } };
}
