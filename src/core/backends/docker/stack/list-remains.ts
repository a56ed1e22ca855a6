import type { BackendRemains } from '../../../../shared/contract/backend';
import type { ContainerEngine } from '../containers/container-engine';
import { serviceFacts } from './plan/service-facts';
import { composeLabels, projectLabel, type StackPlan } from './plan/stack-plan';

/** The containers and volumes of a project, and what is in the volumes. */
export async function listRemains(
  engine: ContainerEngine,
  project: string,
  plan: StackPlan | null,
): Promise<BackendRemains> {
  const [containers, volumes] = await Promise.all([
    engine.list(projectLabel(project)),
    engine.volumes(projectLabel(project)),
  ]);
  return {
    containers: containers.map(({ name }) => name).sort(),
    volumes: volumes
      .map(({ name, labels, bytes }) => ({ name, holds: describeVolume(plan, name, labels), bytes }))
      .sort((one, other) => one.name.localeCompare(other.name)),
  };
}

function describeVolume(plan: StackPlan | null, name: string, labels: Readonly<Record<string, string>>): string {
  const owner = plan?.services.find(({ spec }) => spec.mounts.some(({ volume }) => volume === name));
  if (!owner) return `data of "${labels[composeLabels.volume] ?? name}"`;
  const { title, holds } = serviceFacts[owner.name];
  return `${title}: ${holds}`;
}
