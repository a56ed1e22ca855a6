import type { ContainerEngine, ContainerSummary } from '../containers/container-engine';
import { composeLabels, projectLabel, type StackPlan } from './plan/stack-plan';
import type { StackServiceName } from './plan/stack-service-name';

const defaultGraceMs = 10_000;

export interface StopOptions {
  project: string;
  /** Null where the compose file cannot be read: all end at once then. */
  plan: StackPlan | null;
  expectEnd(id: string): void;
}

/**
 * Stops and removes the project's containers, those first on which no other depends, then its network. Volumes stay.
 * Resolves to the names of the containers that are gone.
 */
export async function stopProject(
  engine: ContainerEngine,
  { project, plan, expectEnd }: StopOptions,
): Promise<string[]> {
  const containers = await engine.list(projectLabel(project));
  for (const { id } of containers) expectEnd(id);
  let left = containers;
  while (left.length > 0) {
    const needed = new Set(left.flatMap((container) => dependenciesOf(plan, container)));
    const free = left.filter((container) => !needed.has(serviceOf(container)));
    const group = free.length > 0 ? free : left;
    await Promise.all(
      group.map(async (container) => {
        if (container.state !== 'created' && container.state !== 'exited') {
          await engine.stop(container.id, graceOf(plan, container));
        }
        await engine.remove(container.id, { force: true });
      }),
    );
    left = left.filter((container) => !group.includes(container));
  }
  await engine.removeNetwork(`${project}_default`);
  return containers.map(({ name }) => name);
}

function serviceOf({ labels }: ContainerSummary): StackServiceName {
  return labels[composeLabels.service] as StackServiceName;
}

function planOf(plan: StackPlan | null, container: ContainerSummary) {
  return plan?.services.find(({ name }) => name === serviceOf(container));
}

function dependenciesOf(plan: StackPlan | null, container: ContainerSummary): StackServiceName[] {
  return planOf(plan, container)?.dependsOn.map(({ service }) => service) ?? [];
}

function graceOf(plan: StackPlan | null, container: ContainerSummary): number {
  return planOf(plan, container)?.spec.stopGraceMs ?? defaultGraceMs;
}
